package dev.livestream;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Tells whether what is published can still be carried.
 *
 * <p>Two things are looked at. The uplink's queue: how long a chunk published now would wait. And
 * the pace: peers keep a window of chunks for each other, and a window that passes in less than a
 * second is gone before anybody can ask for a lost chunk again.
 *
 * <p>Updated on the loop; waited for and asked by writers.
 */
final class UplinkGauge {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition eased = lock.newCondition();
  private final LongSupplier queueMicros;
  private final int windowChunks;
  private final EventHub events;
  private double level;
  private long levelMicros;
  private volatile boolean behind;
  private volatile boolean closed;

  UplinkGauge(LongSupplier queueMicros, int windowChunks, EventHub events, long nowMicros) {
    this.queueMicros = queueMicros;
    this.windowChunks = windowChunks;
    this.events = events;
    this.levelMicros = nowMicros;
  }

  /** Chunks were published. On the loop. */
  void published(int chunks, long nowMicros) {
    drain(nowMicros);
    level += chunks;
    update(nowMicros);
  }

  /** Looks again; says whether it has to be looked again later. On the loop. */
  boolean update(long nowMicros) {
    drain(nowMicros);
    long queue = queueMicros.getAsLong();
    long limit = WhenBehind.MAX_UPLINK_QUEUE.toMillis() * 1_000;
    // Half of each limit ends the state that all of it began, so that it does not flutter.
    double share = behind ? 0.5 : 1;
    boolean now = queue > limit * share || level > windowChunks * share;
    if (now != behind) {
      behind = now;
      events.emit(
          now
              ? new StreamEvent.FellBehind(Duration.of(queue, ChronoUnit.MICROS))
              : new StreamEvent.CaughtUp());
      signal();
    }
    return now;
  }

  private void drain(long nowMicros) {
    level = Math.max(0, level - (nowMicros - levelMicros) * 1e-6 * windowChunks);
    levelMicros = nowMicros;
  }

  boolean isBehind() {
    return behind;
  }

  /** Waits until the uplink has caught up, the time is over, or the gauge is closed. */
  void await(Duration atMost) throws InterruptedException {
    if (!behind) {
      return;
    }
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (behind && !closed && left > 0) {
        long slice = Math.min(left, TimeUnit.MILLISECONDS.toNanos(100));
        left -= slice - eased.awaitNanos(slice);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets everyone go who waits. */
  void close() {
    closed = true;
    signal();
  }

  private void signal() {
    lock.lock();
    try {
      eased.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
