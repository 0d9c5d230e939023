package dev.livestream.engine.push;

/**
 * How long after they were written chunks arrive: a running mean and deviation (Jacobson, 1988),
 * and from these a bound that few exceed.
 *
 * <p>Reckoned between the broadcaster's clock and this peer's, which need not agree. So it says
 * something only beside another one that was reckoned with the same two clocks.
 */
final class Lag {
  private static final int KNOWN = 4;

  private double mean;
  private double deviation;
  private int samples;
  private boolean presumed;

  /** A chunk has come this long after it was written. */
  void observe(long micros) {
    if (samples == 0 || presumed) {
      // What was told may be a lie, and what was measured before was another way.
      mean = micros;
      presumed = false;
    }
    double difference = micros - mean;
    mean += difference / 16;
    deviation += (Math.abs(difference) - deviation) / 16;
    samples++;
  }

  /** There is another way: what is known of it so far is this. */
  void presume(long micros) {
    mean = micros - deviation;
    samples = KNOWN;
    presumed = true;
  }

  /** Nothing is known. */
  void forget() {
    samples = 0;
    deviation = 0;
    presumed = false;
  }

  /** Whether {@link #micros} means anything. */
  boolean isKnown() {
    return samples >= KNOWN;
  }

  /** Whether it was measured here, and not told by others. */
  boolean isMeasured() {
    return isKnown() && !presumed;
  }

  /** What most chunks keep to, in microseconds. */
  long micros() {
    return (long) (mean + deviation);
  }
}
