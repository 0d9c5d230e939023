package dev.livestream;

import dev.livestream.node.StreamConfig;
import dev.livestream.wire.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Passes a stream on without reading it: lends its uplink to the swarm.
 *
 * <pre>{@code
 * try (Relay relay = Relay.builder(link).uploadLimit(BitRate.ofMegabits(50)).join()) {
 *   relay.awaitEnd();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Relay implements AutoCloseable {
  private final StreamLink link;
  private final Participation participation;
  private final RelayListener listener;
  private final Duration linger;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Relay(RelayBuilder choices, Participation participation, RelayListener listener) {
    this.link = choices.link();
    this.participation = participation;
    this.listener = listener;
    this.linger = choices.linger();
  }

  /**
   * Begins to choose.
   *
   * @param link what the broadcaster handed out
   * @return a builder with nothing else chosen
   */
  public static RelayBuilder builder(StreamLink link) {
    return new RelayBuilder(link);
  }

  static Relay join(RelayBuilder choices) throws IOException {
    EventHub events = new EventHub(choices.listeners());
    RelayListener listener = new RelayListener(events);
    Participation participation =
        Participation.begin(
            choices,
            new StreamConfig(
                choices.link().channel(),
                Role.VIEWER,
                false,
                false,
                choices.targetLatency(),
                choices.uploadBytesPerSecond(),
                choices.link().hints()),
            listener,
            events);
    Joining.await(participation, listener.answered(), choices.link(), choices.joinTimeout());
    return new Relay(choices, participation, listener);
  }

  /**
   * The stream that is passed on.
   *
   * @return the link it was joined with
   */
  public StreamLink link() {
    return link;
  }

  /**
   * A link to the stream that leads to this relay first and then to where it found the stream.
   *
   * @return the link
   */
  public StreamLink relayLink() {
    return participation.linkThrough(link);
  }

  /**
   * What the broadcaster says of its stream, as far as it has come.
   *
   * @return the latest description; not empty once joined
   */
  public Optional<StreamInfo> info() {
    return listener.info();
  }

  /**
   * Waits until the broadcast has ended or the relay is closed.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if called on the endpoint's loop
   */
  public void awaitEnd() throws InterruptedException {
    participation.refuseOnLoop("awaitEnd");
    listener.awaitEnd();
  }

  /**
   * The figures up to now; after closing, the last ones. Waits for the loop for moments.
   *
   * @return a snapshot
   */
  public StreamStats stats() {
    return EngineMapping.relay(participation.snapshot());
  }

  /**
   * Who serves this relay and whom it serves. Waits for the loop for moments.
   *
   * @return a snapshot
   */
  public SwarmView swarm() {
    return participation.swarm();
  }

  /**
   * Adds a listener; see {@link StreamBuilder#onEvent} for what it may do.
   *
   * @param listener hears every event from now on
   */
  public void onEvent(Consumer<? super StreamEvent> listener) {
    participation.events().add(listener);
  }

  /**
   * Leaves the stream. If the broadcast has ended, goes on serving others until they have fetched
   * the rest or the linger time is over. If it goes on, serves those who depend on it until they
   * have found others, mostly some tenths of a second and at most 1.5 s, or until the linger time
   * is over. Waits for all that; an interrupt cuts the serving short and is kept. Closing twice is
   * fine.
   *
   * @throws IllegalStateException if called on the endpoint's loop
   */
  @Override
  public void close() {
    participation.refuseOnLoop("close");
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (listener.ended()) {
        participation.lingerUntilDrained(linger);
      } else {
        participation.lingerUntilReplaced(linger);
      }
    } finally {
      listener.release();
      participation.leave();
    }
  }

  @Override
  public String toString() {
    return "Relay[" + link.channel() + "]";
  }
}
