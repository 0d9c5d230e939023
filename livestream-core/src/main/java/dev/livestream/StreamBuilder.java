package dev.livestream;

import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The choices that broadcasters, viewers and relays share. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class StreamBuilder<B extends StreamBuilder<B>>
    permits BroadcasterBuilder, ViewerBuilder, RelayBuilder {
  private final EndpointBuilder privateEndpoint = new EndpointBuilder();
  private final List<Consumer<? super StreamEvent>> listeners = new ArrayList<>();
  private boolean privateChoices;
  private @Nullable Endpoint shared;
  private BitRate uploadLimit = BitRate.ZERO;

  StreamBuilder() {}

  /** This builder, as what it is. */
  abstract B self();

  /**
   * The endpoint to live on, which stays open when this is closed. Unless said, a private one is
   * opened, and closed together with this.
   *
   * @param endpoint shared with other streams
   * @return this
   */
  public B endpoint(Endpoint endpoint) {
    this.shared = Objects.requireNonNull(endpoint, "endpoint");
    return self();
  }

  /**
   * Where the private endpoint listens. Unless said, on all addresses and a free port.
   *
   * @param address a local address; port 0 chooses a free one
   * @return this
   */
  public B listen(PeerAddress address) {
    privateEndpoint.listen(address);
    privateChoices = true;
    return self();
  }

  /**
   * Where the private endpoint listens.
   *
   * @param address {@code HOST:PORT}; port 0 chooses a free one
   * @return this
   * @throws IllegalArgumentException with one sentence if it is not an address
   */
  public B listen(String address) {
    return listen(PeerAddress.parse(address));
  }

  /**
   * Where others are told to find the private endpoint; see {@link EndpointBuilder#advertise}.
   *
   * @param addresses at most four, best first, none with port 0
   * @return this
   * @throws IllegalArgumentException if there are too many, or one has no port
   */
  public B advertise(PeerAddress... addresses) {
    privateEndpoint.advertise(addresses);
    privateChoices = true;
    return self();
  }

  /**
   * Which kind of network the private endpoint uses, by name.
   *
   * @param name such as {@code quic}
   * @return this
   */
  public B transport(String name) {
    privateEndpoint.transport(name);
    privateChoices = true;
    return self();
  }

  /**
   * Which kind of network the private endpoint uses.
   *
   * @param provider makes its transport
   * @return this
   */
  public B transport(TransportProvider provider) {
    privateEndpoint.transport(provider);
    privateChoices = true;
    return self();
  }

  /**
   * What all sending for this stream together never exceeds, media, proofs and control alike.
   * Unless said, there is no limit but what the uplink is found to carry.
   *
   * @param limit at least 100 kbit/s, or {@link BitRate#ZERO} for no limit
   * @return this
   * @throws IllegalArgumentException if the limit is too low to take part at all
   */
  public B uploadLimit(BitRate limit) {
    if (!limit.equals(BitRate.ZERO) && limit.bitsPerSecond() < 100_000) {
      throw new IllegalArgumentException(
          "An upload limit must be at least 100k, not "
              + limit
              + "; to send no media, be a leaf-only viewer.");
    }
    this.uploadLimit = limit;
    return self();
  }

  /**
   * A listener for events from the very first on. It is called on the endpoint's loop, or where an
   * event says so; it must be quick and must not block. May be called several times for several
   * listeners.
   *
   * @param listener hears every event; what it throws is logged
   * @return this
   */
  public B onEvent(Consumer<? super StreamEvent> listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return self();
  }

  /** The endpoint that was given, or a new private one. */
  final Endpoint openEndpoint() throws IOException {
    if (shared == null) {
      return privateEndpoint.open();
    }
    if (privateChoices) {
      throw new IllegalStateException(
          "listen, advertise and transport are choices of the endpoint that was given;"
              + " make them where it is opened.");
    }
    return shared;
  }

  final boolean ownsEndpoint() {
    return shared == null;
  }

  final long uploadBytesPerSecond() {
    return uploadLimit.bytesPerSecond();
  }

  final List<Consumer<? super StreamEvent>> listeners() {
    return List.copyOf(listeners);
  }

  static Duration within(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          what
              + " must be "
              + least.toMillis()
              + " ms to "
              + most.toMillis()
              + " ms, not "
              + value.toMillis()
              + " ms.");
    }
    return value;
  }
}
