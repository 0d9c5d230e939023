package dev.livestream.benchmarks.publish;

import java.util.List;

/**
 * Lines over a common axis.
 *
 * @param title above it
 * @param marks where something happened, on the axis of x
 */
record Chart(String title, Axis x, Axis y, List<Series> series, List<Mark> marks) {

  Chart {
    series = List.copyOf(series);
    marks = List.copyOf(marks);
  }

  /**
   * One line.
   *
   * @param name in the legend
   * @param colour which of the {@value ChartSvg#COLOURS} colours
   * @param dashed for what is reckoned and not measured
   * @param points from left to right
   */
  record Series(String name, int colour, boolean dashed, List<Point> points) {
    Series {
      points = List.copyOf(points);
    }
  }

  /** One value. */
  record Point(double x, double y) {}

  /** Something that happened. */
  record Mark(double x, String text) {}

  /** All that can be shown of it, for choosing the axes. */
  static double most(List<Series> series, double atLeast) {
    return series.stream()
        .flatMap(each -> each.points().stream())
        .mapToDouble(Point::y)
        .filter(Double::isFinite)
        .reduce(atLeast, Math::max);
  }
}
