package dev.livestream;

import dev.livestream.crypto.PeerIdentity;
import dev.livestream.node.Node;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportProvider;
import dev.livestream.wire.WireLimits;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The choices for an {@link Endpoint}. Not thread-safe. */
public final class EndpointBuilder {
  /** All addresses of the machine, any free port. */
  static final PeerAddress ANYWHERE = new PeerAddress("0.0.0.0", 0);

  private PeerAddress listen = ANYWHERE;
  private List<PeerAddress> advertised = List.of();
  private @Nullable TransportProvider provider;
  private @Nullable String transport;
  private @Nullable PeerIdentity identity;
  private TransportConfig.Limits limits = TransportConfig.Limits.DEFAULT;

  EndpointBuilder() {}

  /**
   * Where to listen. Unless said, on all addresses of the machine and a free port.
   *
   * @param address a local address; port 0 chooses a free one
   * @return this
   */
  public EndpointBuilder listen(PeerAddress address) {
    this.listen = Objects.requireNonNull(address, "address");
    return this;
  }

  /**
   * Where to listen.
   *
   * @param address {@code HOST:PORT}; port 0 chooses a free one
   * @return this
   * @throws IllegalArgumentException with one sentence if it is not an address
   */
  public EndpointBuilder listen(String address) {
    return listen(PeerAddress.parse(address));
  }

  /**
   * Where others are told to find this endpoint, instead of where it finds itself: for machines
   * behind a forwarded port.
   *
   * @param addresses at most four, best first, none with port 0; none to undo
   * @return this
   * @throws IllegalArgumentException if there are too many, or one has no port
   */
  public EndpointBuilder advertise(PeerAddress... addresses) {
    if (addresses.length > WireLimits.ADDRESSES) {
      throw new IllegalArgumentException(
          "At most "
              + WireLimits.ADDRESSES
              + " addresses can be advertised, not "
              + addresses.length
              + ".");
    }
    for (PeerAddress address : addresses) {
      if (address.port() == 0) {
        throw new IllegalArgumentException(
            "The advertised address " + address + " needs a port that others can connect to.");
      }
    }
    this.advertised = List.of(addresses);
    return this;
  }

  /**
   * Which kind of network to use, by name. Unless said, the one of highest priority that is found.
   *
   * @param name such as {@code quic}
   * @return this
   */
  public EndpointBuilder transport(String name) {
    this.transport = Objects.requireNonNull(name, "name");
    this.provider = null;
    return this;
  }

  /**
   * Which kind of network to use.
   *
   * @param chosen makes the endpoint's transport
   * @return this
   */
  public EndpointBuilder transport(TransportProvider chosen) {
    this.provider = Objects.requireNonNull(chosen, "provider");
    this.transport = null;
    return this;
  }

  /**
   * The key that the endpoint proves its id with. Unless said, a fresh one, which is best for
   * privacy.
   *
   * @param key the identity; never to be used by two endpoints at once
   * @return this
   */
  public EndpointBuilder identity(PeerIdentity key) {
    this.identity = Objects.requireNonNull(key, "identity");
    return this;
  }

  /**
   * The bounds on what the network may cost.
   *
   * @param bounds enforced by the transport
   * @return this
   */
  public EndpointBuilder limits(TransportConfig.Limits bounds) {
    this.limits = Objects.requireNonNull(bounds, "limits");
    return this;
  }

  /**
   * Opens the endpoint.
   *
   * @return the endpoint, to be closed by the caller
   * @throws IOException with one clear sentence if the address cannot be bound
   * @throws IllegalStateException if there is no such transport
   */
  public Endpoint open() throws IOException {
    PeerIdentity self = identity == null ? PeerIdentity.generate() : identity;
    TransportProvider chosen = provider == null ? Transports.find(transport) : provider;
    return new Endpoint(
        Node.open(chosen, new TransportConfig(self, listen, limits), self, advertised));
  }
}
