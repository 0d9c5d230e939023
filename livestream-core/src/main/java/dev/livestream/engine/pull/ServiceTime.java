package dev.livestream.engine.pull;

/**
 * How long requests take to be answered: a running mean and deviation, as TCP keeps them for its
 * timeout (Jacobson, 1988).
 */
final class ServiceTime {
  private static final long LEAST = 120_000;
  private static final long MOST = 400_000;

  private double mean = 150_000;
  private double deviation = 25_000;

  /** A request was answered after this time. */
  void took(long micros) {
    double difference = micros - mean;
    mean += difference / 8;
    deviation += (Math.abs(difference) - deviation) / 4;
  }

  /** How long before its deadline a chunk must be asked for, if it may have to be asked twice. */
  long forTwo() {
    return 2 * forOne();
  }

  /** The same if it need be asked for only once. */
  long forOne() {
    return bounded(mean + 2 * deviation);
  }

  /** The same if it need not be certain. */
  long usual() {
    return bounded(mean);
  }

  private static long bounded(double micros) {
    return Math.min(MOST, Math.max(LEAST, (long) micros));
  }
}
