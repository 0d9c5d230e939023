package dev.livestream;

import dev.livestream.node.StreamNode;
import dev.livestream.wire.Chunk;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hands signed chunks from writers to the loop, a bounded number at a time: a writer that is faster
 * than the loop waits here. While the uplink is behind it also looks after the gauge.
 */
final class ChunkHandover {
  private static final int MOST_WAITING = 128;
  private static final long CHECK_MILLIS = 100;
  private static final long GAUGE_MICROS = 5_000;

  private final StreamNode stream;
  private final UplinkGauge gauge;
  private final Semaphore places = new Semaphore(MOST_WAITING, true);
  private boolean watching;

  ChunkHandover(StreamNode stream, UplinkGauge gauge) {
    this.stream = stream;
    this.gauge = gauge;
  }

  /** Hands over; waits for places unless this is the loop. Says whether the endpoint is there. */
  boolean give(List<Chunk> chunks) throws InterruptedException {
    boolean counted = false;
    try {
      counted = !stream.node().loop().inLoop() && hasPlaces(chunks.size());
    } finally {
      // Whatever happened: a signed chunk that is not published would be a hole for ever. And even
      // on the loop by way of its queue: chunks handed over before come first.
      boolean release = counted;
      stream.node().loop().execute(() -> publish(chunks, release));
    }
    return !stream.node().isClosed();
  }

  private boolean hasPlaces(int count) throws InterruptedException {
    while (!places.tryAcquire(count, CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (stream.node().isClosed()) {
        return false;
      }
    }
    return true;
  }

  private void publish(List<Chunk> chunks, boolean counted) {
    if (counted) {
      places.release(chunks.size());
    }
    for (Chunk chunk : chunks) {
      stream.publish(chunk);
    }
    gauge.published(chunks.size(), stream.node().loop().nowMicros());
    if (gauge.isBehind() && !watching) {
      watching = true;
      stream.node().loop().schedule(GAUGE_MICROS, this::watch);
    }
  }

  private void watch() {
    watching = gauge.update(stream.node().loop().nowMicros());
    if (watching) {
      stream.node().loop().schedule(GAUGE_MICROS, this::watch);
    }
  }
}
