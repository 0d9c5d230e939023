package dev.livestream.benchmarks.publish;

import java.util.Locale;

/** How figures are written for people. */
enum Unit {
  /** A share, with the digits that matter close to 1. */
  PERCENT {
    @Override
    String finite(double value) {
      return format(value * 100, value > 0.99 ? 4 : 2) + " %";
    }
  },
  /** A difference of shares. */
  POINTS {
    @Override
    String finite(double value) {
      return format(value * 100, 2) + " points";
    }
  },
  /** Milliseconds. */
  MILLIS {
    @Override
    String finite(double value) {
      return String.format(Locale.ROOT, "%,.0f ms", value);
    }
  },
  /** Seconds. */
  SECONDS {
    @Override
    String finite(double value) {
      return format(value, 1) + " s";
    }
  },
  /** A multiple. */
  TIMES {
    @Override
    String finite(double value) {
      return format(value, 2) + "x";
    }
  },
  /** Mebibytes. */
  MEBIBYTES {
    @Override
    String finite(double value) {
      return String.format(Locale.ROOT, "%,.0f MiB", value);
    }
  },
  /** A number of things. */
  COUNT {
    @Override
    String finite(double value) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
  };

  /** The text; a figure that is not there is a dash, one without end is never reached. */
  String text(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Double.isInfinite(value) ? "never" : finite(value);
  }

  abstract String finite(double value);

  // Without noughts at the end: 99.95, 3, 1.8.
  private static String format(double value, int digits) {
    String text = String.format(Locale.ROOT, "%,." + digits + "f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
