package dev.livestream.benchmarks.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One axis of a chart: where a value lies, from 0 to 1, and where the ticks are. */
final class Axis {
  private static final int TICKS = 6;

  private final String title;
  private final boolean logarithmic;
  private final double low;
  private final double high;
  private final double step;

  private Axis(String title, boolean logarithmic, double low, double high, double step) {
    this.title = title;
    this.logarithmic = logarithmic;
    this.low = low;
    this.high = high;
    this.step = step;
  }

  /** From one value to another, widened to whole steps. */
  static Axis linear(String title, double from, double to) {
    double span = to > from ? to - from : 1;
    double rough = span / TICKS;
    double ten = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = 10 * ten;
    for (double nice : new double[] {5, 2, 1}) {
      step = nice * ten >= rough ? nice * ten : step;
    }
    double low = Math.floor(from / step + 1e-9) * step;
    return new Axis(title, false, low, Math.ceil((from + span) / step - 1e-9) * step, step);
  }

  /** From one positive value to another, in powers of ten, with a little room on both sides. */
  static Axis logarithmic(String title, double from, double to) {
    double low = Math.log10(from);
    double high = Math.log10(Math.max(to, from * 10));
    double room = (high - low) * 0.02;
    return new Axis(title, true, low - room, high + room, 1);
  }

  String title() {
    return title;
  }

  /** Whether it can show a value at all. */
  boolean shows(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  /** How far along a value lies; what lies beyond the ends is put there. */
  double place(double value) {
    double at = logarithmic ? Math.log10(value) : value;
    return Math.max(0, Math.min(1, (at - low) / (high - low)));
  }

  /** The values that get a line and a number. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    int last = (int) Math.floor(high / step + 1e-9);
    for (int i = (int) Math.ceil(low / step - 1e-9); i <= last; i++) {
      ticks.add(logarithmic ? Math.pow(10, i) : i * step);
    }
    return ticks;
  }

  /** The number at a tick. */
  String label(double tick) {
    int digits = (int) Math.max(0, Math.ceil(-Math.log10(logarithmic ? tick : step) - 1e-9));
    return String.format(Locale.ROOT, "%,." + digits + "f", tick);
  }
}
