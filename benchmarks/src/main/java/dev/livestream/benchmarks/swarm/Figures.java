package dev.livestream.benchmarks.swarm;

import java.util.Arrays;

/** How the figures of a report are reckoned and rounded, the same in simulated and in real time. */
public final class Figures {
  private static final int PART_DIGITS = 6;

  private Figures() {}

  /** The mean; 0 of nothing. */
  public static double mean(double[] values) {
    return values.length == 0 ? 0 : Arrays.stream(values).sum() / values.length;
  }

  /** A percentile by nearest rank of sorted values; 0 of nothing. */
  public static double percentile(double[] sorted, double percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(sorted.length * percent / 100);
    return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
  }

  /** Rounds to this many digits behind the point. */
  public static double round(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }

  /** Rounds a share or a ratio. */
  public static double part(double value) {
    return round(value, PART_DIGITS);
  }
}
