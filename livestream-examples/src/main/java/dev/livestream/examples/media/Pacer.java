package dev.livestream.examples.media;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Holds units back until they are due. What comes too late (the disk was slow, the uplink full) is
 * caught up with at once, unless it is so late that catching up would be a flood: then the schedule
 * moves.
 */
public final class Pacer {
  private static final long MAX_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private long origin;
  private boolean started;

  /** Waits. */
  @FunctionalInterface
  public interface Sleeper {
    /**
     * Waits for a time.
     *
     * @throws InterruptedException if told to stop
     */
    void sleep(long nanos) throws InterruptedException;
  }

  /** A pacer by the system's clock. */
  public Pacer() {
    this(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  /**
   * A pacer by another clock.
   *
   * @param nanoTime the time, in nanoseconds from any origin
   * @param sleeper waits by the same clock
   */
  public Pacer(LongSupplier nanoTime, Sleeper sleeper) {
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
  }

  /**
   * Returns when a moment of the media has come. The first call sets the beginning.
   *
   * @param micros the moment on the media's clock, never less than in the call before
   * @throws InterruptedException if told to stop
   */
  public void await(long micros) throws InterruptedException {
    long now = nanoTime.getAsLong();
    long due = origin + TimeUnit.MICROSECONDS.toNanos(micros);
    if (!started || now - due > MAX_LATE_NANOS) {
      started = true;
      origin += now - due;
    } else if (due > now) {
      sleeper.sleep(due - now);
    }
  }
}
