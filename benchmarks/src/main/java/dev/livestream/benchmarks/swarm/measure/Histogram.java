package dev.livestream.benchmarks.swarm.measure;

import java.util.Arrays;

/** Durations counted by the millisecond, rounded up; those beyond ten seconds count as ten. */
public final class Histogram {
  private static final int MAX_MS = 10_000;

  private int[] counts = new int[0];
  private long total;
  private int greatest;

  /** An empty one. */
  public Histogram() {}

  /** Counts a duration. */
  public void add(long micros) {
    int ms = (int) Math.max(0, Math.min(MAX_MS, (micros + 999) / 1_000));
    if (ms >= counts.length) {
      counts = Arrays.copyOf(counts, Math.min(MAX_MS + 1, Math.max(ms + 1, counts.length * 2)));
    }
    counts[ms]++;
    total++;
    greatest = Math.max(greatest, ms);
  }

  /** Counts what another has counted. */
  public void add(Histogram other) {
    if (other.counts.length > counts.length) {
      counts = Arrays.copyOf(counts, other.counts.length);
    }
    for (int ms = 0; ms < other.counts.length; ms++) {
      counts[ms] += other.counts[ms];
    }
    total += other.total;
    greatest = Math.max(greatest, other.greatest);
  }

  /** How many were counted. */
  public long total() {
    return total;
  }

  /** The longest, in milliseconds; 0 if there are none. */
  public int greatest() {
    return greatest;
  }

  /** A percentile by nearest rank, in milliseconds; 0 if nothing was counted. */
  public int percentile(double percent) {
    long rank = Math.max(1, (long) Math.ceil(total * percent / 100));
    long seen = 0;
    for (int ms = 0; ms < counts.length; ms++) {
      seen += counts[ms];
      if (seen >= rank) {
        return ms;
      }
    }
    return 0;
  }
}
