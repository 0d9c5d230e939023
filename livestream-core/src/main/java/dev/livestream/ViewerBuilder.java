package dev.livestream;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/** The choices for a {@link Viewer}. Not thread-safe. */
public final class ViewerBuilder extends StreamBuilder<ViewerBuilder> {
  private static final int LEAST_BUFFER = 256 * 1024;

  private final StreamLink link;
  private Duration targetLatency = Duration.ofSeconds(1);
  private Duration joinTimeout = Duration.ofSeconds(15);
  private Duration linger = Duration.ofSeconds(2);
  private boolean leafOnly;
  private int readBuffer = 8 * 1024 * 1024;

  ViewerBuilder(StreamLink link) {
    this.link = Objects.requireNonNull(link, "link");
  }

  @Override
  ViewerBuilder self() {
    return this;
  }

  /**
   * How long after the broadcaster's write a chunk is still waited for. Bytes are ready to read as
   * soon as they have come in order; this is the latest moment, after which what is missing is
   * skipped and reported as a gap.
   *
   * @param latency 100 ms to 60 s; 1 s unless said
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public ViewerBuilder targetLatency(Duration latency) {
    this.targetLatency =
        within("The target latency", latency, Duration.ofMillis(100), Duration.ofSeconds(60));
    return this;
  }

  /**
   * Never passes media on: for metered or weak uplinks.
   *
   * @return this
   */
  public ViewerBuilder leafOnly() {
    return leafOnly(true);
  }

  /**
   * Whether to pass no media on.
   *
   * @param leaf true to pass nothing on; false unless said
   * @return this
   */
  public ViewerBuilder leafOnly(boolean leaf) {
    this.leafOnly = leaf;
    return this;
  }

  /**
   * How many bytes wait at most for a reader that does not read. When there are more, the oldest
   * are given up, and the reader is told where it passes the gap.
   *
   * @param bytes at least 256 KiB; 8 MiB unless said
   * @return this
   * @throws IllegalArgumentException if too small
   */
  public ViewerBuilder readBuffer(int bytes) {
    if (bytes < LEAST_BUFFER) {
      throw new IllegalArgumentException(
          "The read buffer must have at least " + LEAST_BUFFER + " bytes, not " + bytes + ".");
    }
    this.readBuffer = bytes;
    return this;
  }

  /**
   * How long {@link #join} waits for a first peer to answer.
   *
   * @param timeout 100 ms to 10 minutes; 15 s unless said
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public ViewerBuilder joinTimeout(Duration timeout) {
    this.joinTimeout =
        within("The join timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(10));
    return this;
  }

  /**
   * How long {@link Viewer#close} goes on serving others at most, once the broadcast has ended.
   *
   * @param time 0 to 10 minutes; 2 s unless said
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public ViewerBuilder linger(Duration time) {
    this.linger = within("The linger time", time, Duration.ZERO, Duration.ofMinutes(10));
    return this;
  }

  /**
   * Opens the endpoint if need be, and joins the stream. Waits until a first peer of the stream has
   * answered and has said what the stream is: {@code info()} of what is returned is never empty.
   *
   * @return the viewer, to be closed by the caller
   * @throws StreamUnreachableException if nobody has answered in time
   * @throws IOException with one clear sentence if the address cannot be bound
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits
   * @throws IllegalStateException if the given endpoint is closed or takes part in this stream
   *     already, or if called on the endpoint's loop
   */
  public Viewer join() throws IOException {
    return Viewer.join(this);
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

  boolean isLeafOnly() {
    return leafOnly;
  }

  int readBuffer() {
    return readBuffer;
  }
}
