package dev.livestream.spi;

/** A source of time, so that nothing above it asks the machine's clock. */
@FunctionalInterface
public interface Ticker {
  /**
   * Microseconds since the Unix epoch. Never goes back: a real ticker is anchored to the wall clock
   * once and then advances with the monotonic clock.
   */
  long nowMicros();

  /** The machine's time, anchored to the wall clock when this method is called. */
  static Ticker system() {
    long wallMicros = System.currentTimeMillis() * 1_000;
    long startNanos = System.nanoTime();
    return () -> wallMicros + (System.nanoTime() - startNanos) / 1_000;
  }
}
