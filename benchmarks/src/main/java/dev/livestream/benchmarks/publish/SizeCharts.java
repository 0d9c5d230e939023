package dev.livestream.benchmarks.publish;

import dev.livestream.benchmarks.swarm.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** What becomes of the figures as the swarm grows: one scenario, many sizes, all strategies. */
final class SizeCharts {
  private static final String PREFIX = "forever-";

  /** By strategy, then by viewers. */
  private final NavigableMap<String, NavigableMap<Integer, List<Report>>> bySize = new TreeMap<>();

  /** A file and what is in it. */
  record Plot(String file, String what, Chart chart) {}

  private record Column(String title, Unit unit, ToDoubleFunction<Report> figure) {
    Column(String title, Unit unit, String path) {
      this(title, unit, report -> report.at(path));
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("delivered", Unit.PERCENT, "delivered.mean"),
          new Column("worst in 100", Unit.PERCENT, "delivered.p1"),
          new Column("delay p50", Unit.MILLIS, "delayMs.p50"),
          new Column("floor", Unit.MILLIS, "floorMs.p50"),
          new Column("delay p99", Unit.MILLIS, "delayMs.p99"),
          new Column("floor", Unit.MILLIS, "floorMs.p99"),
          new Column("start-up p50", Unit.MILLIS, "startupMs.p50"),
          new Column("start-up p95", Unit.MILLIS, "startupMs.p95"),
          new Column("broadcaster", Unit.TIMES, "source.uploadRatio"),
          new Column("duplicates", Unit.PERCENT, "waste.duplicates"),
          new Column("control", Unit.PERCENT, "waste.control"),
          new Column("proofs", Unit.PERCENT, "waste.proofs"),
          new Column("run took", Unit.SECONDS, "wallSeconds"));

  SizeCharts(Reports reports) {
    for (Report report : reports.all()) {
      if (!report.real() && report.name().equals(PREFIX + report.viewers())) {
        bySize
            .computeIfAbsent(report.strategy(), strategy -> new TreeMap<>())
            .computeIfAbsent(report.viewers(), viewers -> new ArrayList<>())
            .add(report);
      }
    }
  }

  boolean isEmpty() {
    return bySize.isEmpty();
  }

  /** One table for each strategy. */
  String tables() {
    StringBuilder text = new StringBuilder();
    for (String strategy : strategies()) {
      text.append("\n### ").append(strategy).append("\n\n| viewers |");
      COLUMNS.forEach(column -> text.append(' ').append(column.title).append(" |"));
      text.append(" seeds |\n|").append("---|".repeat(COLUMNS.size() + 2)).append('\n');
      bySize
          .getOrDefault(strategy, new TreeMap<>())
          .forEach((viewers, reports) -> text.append(line(viewers, reports)));
    }
    return text.toString();
  }

  private static String line(int viewers, List<Report> reports) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "| %,d |", viewers));
    for (Column column : COLUMNS) {
      double median = Sample.of(reports, column.figure).median();
      line.append(' ').append(column.unit.text(median)).append(" |");
    }
    return line.append(' ').append(Seeds.text(Reports.seeds(reports))).append(" |\n").toString();
  }

  // In the order in which the swarm tool names them, the product first.
  private List<String> strategies() {
    return Strategy.names().stream().filter(bySize::containsKey).toList();
  }

  /** Each figure against the number of viewers. */
  List<Plot> plots() {
    return List.of(
        plot("delay-p50", "Delay of the median viewer", "ms", "delayMs.p50", "floorMs.p50"),
        plot("delay-p99", "Delay of the worst viewer in 100", "ms", "delayMs.p99", "floorMs.p99"),
        plot("delivered", "Delivered in time", "% of chunks, mean", "delivered.mean", ""),
        plot("startup-p95", "Start-up, 95th percentile", "ms", "startupMs.p95", ""),
        plot("upload", "Broadcaster's upload", "x the bit rate", "source.uploadRatio", ""),
        waste());
  }

  private Plot plot(String file, String title, String unit, String path, String floor) {
    double scale = unit.startsWith("%") ? 100 : 1;
    List<Chart.Series> series = series(report -> scale * report.at(path));
    if (!floor.isEmpty()) {
      series.add(floor(floor));
    }
    Axis y = Axis.linear(unit, 0, Chart.most(series, unit.startsWith("%") ? 100 : 1));
    return new Plot(
        "size-" + file + ".svg", title, new Chart(title, sizes(), y, series, List.of()));
  }

  private Plot waste() {
    String title = "Duplicates, control messages and proofs";
    List<Chart.Series> series = series(SizeCharts::wastePercent);
    // Flooding wastes a hundred times what trees waste.
    Axis y = Axis.logarithmic("% of media bytes", 0.1, Chart.most(series, 100));
    return new Plot("size-waste.svg", title, new Chart(title, sizes(), y, series, List.of()));
  }

  static double wastePercent(Report report) {
    return 100
        * (report.at("waste.duplicates") + report.at("waste.control") + report.at("waste.proofs"));
  }

  private Axis sizes() {
    NavigableSet<Integer> sizes = new TreeSet<>();
    bySize.values().forEach(each -> sizes.addAll(each.keySet()));
    return Axis.logarithmic("viewers", sizes.first(), sizes.last());
  }

  private List<Chart.Series> series(ToDoubleFunction<Report> figure) {
    List<Chart.Series> series = new ArrayList<>();
    for (String strategy : strategies()) {
      int colour = Strategy.names().indexOf(strategy);
      series.add(new Chart.Series(strategy, colour, false, points(strategy, figure)));
    }
    return series;
  }

  // The floor depends on the population alone; the product has runs of every size.
  private Chart.Series floor(String path) {
    String strategy = strategies().get(0);
    List<Chart.Point> points = points(strategy, report -> report.at(path));
    return new Chart.Series("floor", ChartSvg.COLOURS - 1, true, points);
  }

  private List<Chart.Point> points(String strategy, ToDoubleFunction<Report> figure) {
    List<Chart.Point> points = new ArrayList<>();
    bySize
        .getOrDefault(strategy, new TreeMap<>())
        .forEach(
            (viewers, reports) ->
                points.add(new Chart.Point(viewers, Sample.of(reports, figure).median())));
    return points;
  }
}
