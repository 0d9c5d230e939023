package dev.livestream.benchmarks.swarm.real;

import dev.livestream.BitRate;
import dev.livestream.Endpoint;
import dev.livestream.Media;
import dev.livestream.StreamLink;
import dev.livestream.StreamStats;
import dev.livestream.SwarmView;
import dev.livestream.Viewer;
import dev.livestream.ViewerBuilder;
import dev.livestream.spi.TransportStats;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One viewer with an endpoint and an identity of its own, and the thread that reads it. */
final class RealViewer implements AutoCloseable {
  private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(30);
  private static final int NEVER = -1;

  private final Choices choices;
  private final WrittenMedia written;
  private final long beganNanos;
  private final long joinedNanos;
  private final Endpoint endpoint;
  private final Viewer viewer;
  private final Thread thread;

  // Written by the reading thread alone, and read once it has ended.
  private final MessageDigest digest = Digests.sha256();
  private int[] delayMicros = new int[1_024];
  private int first = NEVER;
  private int next;
  private long firstNanos;
  private long bytes;
  private long gapChunks;
  private boolean ended;
  private @Nullable String failure;
  private byte[] sum = {};
  private final LongAdder chunksRead = new LongAdder();

  /**
   * What sets one viewer apart from others.
   *
   * @param uplinkClass which of the scenario's uplinks; -1 if it is not limited
   * @param uplink zero if it is not limited
   * @param resident whether it is there before the broadcast begins
   */
  record Choices(
      int uplinkClass, BitRate uplink, boolean leaf, Duration targetLatency, boolean resident) {}

  private RealViewer(Choices choices, WrittenMedia written, Endpoint endpoint, StreamLink link)
      throws IOException {
    this.choices = choices;
    this.written = written;
    this.endpoint = endpoint;
    this.beganNanos = System.nanoTime();
    ViewerBuilder builder =
        Viewer.builder(link)
            .endpoint(endpoint)
            .targetLatency(choices.targetLatency())
            .leafOnly(choices.leaf())
            .joinTimeout(JOIN_TIMEOUT);
    if (choices.uplink().bitsPerSecond() > 0) {
      builder.uploadLimit(choices.uplink());
    }
    this.viewer = builder.join();
    this.joinedNanos = System.nanoTime();
    this.thread = new Thread(this::read, ProcessMeter.READER_THREADS);
    thread.setDaemon(true);
  }

  /** Joins, and begins to read. */
  static RealViewer join(Choices choices, WrittenMedia written, StreamLink link)
      throws IOException {
    Endpoint endpoint = Endpoint.builder().listen("127.0.0.1:0").open();
    boolean joined = false;
    try {
      RealViewer viewer = new RealViewer(choices, written, endpoint, link);
      viewer.thread.start();
      joined = true;
      return viewer;
    } finally {
      if (!joined) {
        endpoint.close();
      }
    }
  }

  private void read() {
    try {
      while (!ended) {
        Media media = viewer.nextChunk();
        long now = System.nanoTime();
        if (media instanceof Media.Data data) {
          take(data, now);
        } else if (media instanceof Media.Gap gap) {
          gapChunks += gap.chunks();
        } else if (media instanceof Media.End) {
          ended = true;
        }
      }
    } catch (IOException | RuntimeException e) {
      failure = e.toString();
    }
    sum = digest.digest();
  }

  private void take(Media.Data data, long nowNanos) {
    int chunk = Math.toIntExact(data.sequence());
    if (chunk < next || chunk >= written.chunks()) {
      throw new IllegalStateException("chunk " + chunk + " is read where " + next + " is due");
    }
    if (first == NEVER) {
      first = chunk;
      next = chunk;
      firstNanos = nowNanos;
    }
    while (chunk >= delayMicros.length) {
      delayMicros = Arrays.copyOf(delayMicros, 2 * delayMicros.length);
    }
    Arrays.fill(delayMicros, next, chunk, NEVER);
    delayMicros[chunk] =
        (int) TimeUnit.NANOSECONDS.toMicros(Math.max(0, nowNanos - written.writtenNanos(chunk)));
    next = chunk + 1;
    bytes += data.bytes().remaining();
    digest.update(data.bytes());
    chunksRead.increment();
  }

  /** Waits until it has read to the end of the stream; says whether it has. */
  boolean awaitEnd(long untilNanos) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime());
    thread.join(Math.max(1, left));
    return !thread.isAlive() && ended;
  }

  /** Whether it read every byte from its first one on; residents from the stream's first one. */
  boolean hasEveryByte(byte[] sumOfAll) {
    if (thread.isAlive() || !ended || first == NEVER || (choices.resident() && first != 0)) {
      return false;
    }
    byte[] expected =
        first == 0 ? sumOfAll : Digests.ofStream(written.offset(first), written.bytes());
    return Arrays.equals(sum, expected);
  }

  /** From its beginning to join until a peer had answered. */
  double joinMillis() {
    return (joinedNanos - beganNanos) / 1e6;
  }

  /** From its beginning to join to the first byte; negative if there was none. */
  double startupMillis() {
    return first == NEVER ? -1 : (firstNanos - beganNanos) / 1e6;
  }

  Choices choices() {
    return choices;
  }

  long beganNanos() {
    return beganNanos;
  }

  /** The first chunk read, or -1. */
  int first() {
    return first;
  }

  /** From write to read of a chunk; -1 if it was never read. */
  int delayMicros(int chunk) {
    return first == NEVER || chunk < first || chunk >= next ? NEVER : delayMicros[chunk];
  }

  long bytes() {
    return bytes;
  }

  long gapChunks() {
    return gapChunks;
  }

  @Nullable String failure() {
    return failure;
  }

  /** Callable while it reads. */
  long chunksRead() {
    return chunksRead.sum();
  }

  TransportStats traffic() {
    return endpoint.stats();
  }

  StreamStats stats() {
    return viewer.stats();
  }

  SwarmView swarm() {
    return viewer.swarm();
  }

  @Override
  public void close() {
    viewer.close();
    endpoint.close();
  }
}
