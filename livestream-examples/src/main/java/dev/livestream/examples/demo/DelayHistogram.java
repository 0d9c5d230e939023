package dev.livestream.examples.demo;

import java.time.Duration;

/** Delays over a whole run, to the millisecond, in constant space. Thread-safe. */
final class DelayHistogram {
  private static final int LONGEST_MILLIS = 60_000;

  private final int[] counts = new int[LONGEST_MILLIS + 1];
  private long total;

  synchronized void add(Duration delay) {
    long millis = Math.max(0, Math.min(LONGEST_MILLIS, delay.toMillis()));
    counts[(int) millis]++;
    total++;
  }

  /** The delay that a share of all did not exceed, in milliseconds; 0 if there were none. */
  synchronized int quantile(double share) {
    long rank = (long) Math.ceil(share * total);
    long seen = 0;
    for (int millis = 0; millis < counts.length; millis++) {
      seen += counts[millis];
      if (seen >= rank) {
        return millis;
      }
    }
    return LONGEST_MILLIS;
  }
}
