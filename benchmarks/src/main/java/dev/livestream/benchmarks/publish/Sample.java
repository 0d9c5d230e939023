package dev.livestream.benchmarks.publish;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** One figure of the same run with several seeds. */
final class Sample {
  private final NavigableMap<Long, Double> bySeed = new TreeMap<>();

  /** The figure of each report that has it. */
  static Sample of(Iterable<Report> reports, ToDoubleFunction<Report> figure) {
    Sample sample = new Sample();
    for (Report report : reports) {
      double value = figure.applyAsDouble(report);
      if (!Double.isNaN(value)) {
        sample.bySeed.put(report.seed(), value);
      }
    }
    return sample;
  }

  boolean isEmpty() {
    return bySeed.isEmpty();
  }

  NavigableMap<Long, Double> bySeed() {
    return bySeed;
  }

  /** The middle one, or the mean of the two in the middle; NaN of nothing. */
  double median() {
    double[] sorted = bySeed.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    double upper = sorted[middle];
    double lower = sorted[(sorted.length - 1) / 2];
    // Of two that are without end the mean would be no number.
    return lower == upper ? upper : (lower + upper) / 2;
  }

  /** The seed with the largest or the smallest figure; the least such seed. */
  long worstSeed(boolean largeIsBad) {
    long worst = -1;
    double at = 0;
    for (Map.Entry<Long, Double> each : bySeed.entrySet()) {
      double value = largeIsBad ? each.getValue() : -each.getValue();
      if (worst < 0 || value > at) {
        worst = each.getKey();
        at = value;
      }
    }
    return worst;
  }
}
