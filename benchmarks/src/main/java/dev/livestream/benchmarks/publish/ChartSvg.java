package dev.livestream.benchmarks.publish;

import java.util.List;
import java.util.Locale;

/**
 * Draws charts, one below the other, as one SVG. Its colours follow what the reader prefers, dark
 * or light, and can be told apart by those who see few.
 */
final class ChartSvg {
  /** How many colours there are. */
  static final int COLOURS = 6;

  private static final int WIDTH = 760;
  private static final int HEIGHT = 320;
  private static final int LEFT = 76;
  private static final int RIGHT = 170;
  private static final int TOP = 36;
  private static final int BOTTOM = 50;
  private static final int LEGEND_LINE = 20;

  private static final String STYLE =
      """
      <style>
      text { font: 12px system-ui, sans-serif; fill: #24292f; }
      .title { font-size: 14px; font-weight: 600; }
      .back { fill: #ffffff; }
      .grid { stroke: #d0d7de; }
      .mark { stroke: #6e7781; stroke-dasharray: 2 3; }
      .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
      .dashed { stroke-dasharray: 6 4; }
      .c0 { stroke: #0072b2; } .c1 { stroke: #d55e00; } .c2 { stroke: #009e73; }
      .c3 { stroke: #b3589a; } .c4 { stroke: #9a7d0a; } .c5 { stroke: #57606a; }
      @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .back { fill: #0d1117; }
      .grid { stroke: #30363d; }
      .mark { stroke: #8b949e; }
      .c0 { stroke: #56b4e9; } .c1 { stroke: #ff9650; } .c2 { stroke: #2fc896; }
      .c3 { stroke: #dd8fc6; } .c4 { stroke: #f0e442; } .c5 { stroke: #b1bac4; }
      }
      </style>
      """;

  private final StringBuilder svg = new StringBuilder();

  private ChartSvg() {}

  /** The whole file. */
  static String of(List<Chart> charts) {
    ChartSvg drawing = new ChartSvg();
    int height = HEIGHT * charts.size();
    drawing.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " height=\"%d\" role=\"img\">\n",
        WIDTH, height, WIDTH, height);
    drawing.svg.append(STYLE);
    drawing.add("<rect class=\"back\" width=\"%d\" height=\"%d\"/>\n", WIDTH, height);
    for (int i = 0; i < charts.size(); i++) {
      drawing.add("<g transform=\"translate(0 %d)\">\n", i * HEIGHT);
      drawing.draw(charts.get(i));
      drawing.add("</g>\n");
    }
    return drawing.add("</svg>\n").svg.toString();
  }

  private void draw(Chart chart) {
    text("title", LEFT, 20, "start", chart.title());
    grid(chart);
    for (Chart.Mark mark : chart.marks()) {
      double x = x(chart, mark.x());
      line("mark", x, TOP, x, HEIGHT - BOTTOM);
      text("", x, TOP - 5, "middle", mark.text());
    }
    for (int i = 0; i < chart.series().size(); i++) {
      Chart.Series series = chart.series().get(i);
      path(chart, series);
      int y = TOP + 8 + i * LEGEND_LINE;
      int from = WIDTH - RIGHT + 12;
      line(classes(series), from, y, from + 24, y);
      text("", from + 30, y + 4, "start", series.name());
    }
  }

  private void grid(Chart chart) {
    int right = WIDTH - RIGHT;
    int bottom = HEIGHT - BOTTOM;
    for (double tick : chart.x().ticks()) {
      double x = x(chart, tick);
      line("grid", x, TOP, x, bottom);
      text("", x, bottom + 17, "middle", chart.x().label(tick));
    }
    for (double tick : chart.y().ticks()) {
      double y = y(chart, tick);
      line("grid", LEFT, y, right, y);
      text("", LEFT - 7, y + 4, "end", chart.y().label(tick));
    }
    text("", (LEFT + right) / 2.0, bottom + 38, "middle", chart.x().title());
    double middle = (TOP + bottom) / 2.0;
    add(
        "<text transform=\"translate(16 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
        middle, escaped(chart.y().title()));
  }

  // Where there is no value, there is a gap in the line.
  private void path(Chart chart, Chart.Series series) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (Chart.Point point : series.points()) {
      if (!chart.x().shows(point.x()) || !chart.y().shows(point.y())) {
        drawing = false;
        continue;
      }
      double x = x(chart, point.x());
      double y = y(chart, point.y());
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f ", drawing ? "L" : "M", x, y));
      drawing = true;
      if (series.points().size() <= 20) {
        add(
            "<circle class=\"line %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"/>\n",
            "c" + colour(series), x, y);
      }
    }
    if (!path.isEmpty()) {
      add("<path class=\"%s\" d=\"%s\"/>\n", classes(series), path.toString().strip());
    }
  }

  private static int colour(Chart.Series series) {
    return Math.floorMod(series.colour(), COLOURS);
  }

  private static String classes(Chart.Series series) {
    return "line c" + colour(series) + (series.dashed() ? " dashed" : "");
  }

  private static double x(Chart chart, double value) {
    return LEFT + chart.x().place(value) * (WIDTH - RIGHT - LEFT);
  }

  private static double y(Chart chart, double value) {
    return HEIGHT - BOTTOM - chart.y().place(value) * (HEIGHT - BOTTOM - TOP);
  }

  private void line(String classes, double x1, double y1, double x2, double y2) {
    add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        classes, x1, y1, x2, y2);
  }

  private void text(String classes, double x, double y, String anchor, String text) {
    add(
        "<text%s x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
        classes.isEmpty() ? "" : " class=\"" + classes + "\"", x, y, anchor, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private ChartSvg add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
    return this;
  }
}
