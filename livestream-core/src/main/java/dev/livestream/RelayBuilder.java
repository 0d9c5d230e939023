package dev.livestream;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/** The choices for a {@link Relay}. Not thread-safe. */
public final class RelayBuilder extends StreamBuilder<RelayBuilder> {
  private final StreamLink link;
  private Duration targetLatency = Duration.ofSeconds(1);
  private Duration joinTimeout = Duration.ofSeconds(15);
  private Duration linger = Duration.ofSeconds(2);

  RelayBuilder(StreamLink link) {
    this.link = Objects.requireNonNull(link, "link");
  }

  @Override
  RelayBuilder self() {
    return this;
  }

  /**
   * How long after the broadcaster's write a chunk is still fetched.
   *
   * @param latency 100 ms to 60 s; 1 s unless said
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public RelayBuilder targetLatency(Duration latency) {
    this.targetLatency =
        within("The target latency", latency, Duration.ofMillis(100), Duration.ofSeconds(60));
    return this;
  }

  /**
   * How long {@link #join} waits for a first peer to answer.
   *
   * @param timeout 100 ms to 10 minutes; 15 s unless said
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public RelayBuilder joinTimeout(Duration timeout) {
    this.joinTimeout =
        within("The join timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(10));
    return this;
  }

  /**
   * How long {@link Relay#close} goes on serving others at most, once the broadcast has ended.
   *
   * @param time 0 to 10 minutes; 2 s unless said
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public RelayBuilder linger(Duration time) {
    this.linger = within("The linger time", time, Duration.ZERO, Duration.ofMinutes(10));
    return this;
  }

  /**
   * Opens the endpoint if need be, and joins the stream. Waits until a first peer of the stream has
   * answered and has said what the stream is: {@code info()} of what is returned is never empty.
   *
   * @return the relay, to be closed by the caller
   * @throws StreamUnreachableException if nobody has answered in time
   * @throws IOException with one clear sentence if the address cannot be bound
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits
   * @throws IllegalStateException if the given endpoint is closed or takes part in this stream
   *     already, or if called on the endpoint's loop
   */
  public Relay join() throws IOException {
    return Relay.join(this);
  }

  StreamLink link() {
    return link;
  }

  Duration targetLatency() {
    return targetLatency;
  }

  Duration joinTimeout() {
    return joinTimeout;
  }

  Duration linger() {
    return linger;
  }
}
