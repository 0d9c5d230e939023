package dev.livestream.benchmarks.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a swarm fares second by second where something happens to it. */
final class TimeLines {
  private static final int MOST_SEEDS = 5;

  /** Nought where no delay was measured, as in the warm-up. */
  private static final String DELAY = "delayP99Ms";

  private final Reports reports;
  private final Matrix matrix;

  /** A scenario, its file, and what is in it. */
  record Plot(String name, String file, List<Chart> charts, List<Report> shown) {}

  TimeLines(Reports reports, Matrix matrix) {
    this.reports = reports;
    this.matrix = matrix;
  }

  /** One for each scenario with events or a crowd, in the order of their names. */
  List<Plot> plots() {
    List<Plot> plots = new ArrayList<>();
    for (String name : reports.all().stream().map(Report::name).distinct().toList()) {
      List<Report> own =
          reports.of(name).stream()
              .filter(report -> !report.real() && !marks(report).isEmpty())
              .limit(MOST_SEEDS)
              .toList();
      if (!own.isEmpty()) {
        plots.add(plot(name, own));
      }
    }
    return plots;
  }

  private Plot plot(String name, List<Report> own) {
    List<Chart.Mark> marks = marks(own.get(0));
    List<Chart.Series> delivered = series(own, "delivered", 100);
    List<Chart.Series> delay = series(own, DELAY, 1);
    double seconds =
        own.stream().mapToInt(report -> report.root().path("timeline").size()).max().orElse(1);
    Axis time = Axis.linear("seconds", 0, seconds);
    List<Chart> charts =
        List.of(
            new Chart(
                name + ": delivered",
                time,
                Axis.linear("% of the second's chunks", 0, 100),
                delivered,
                marks),
            new Chart(
                name + ": delay of a chunk, 99th percentile",
                time,
                Axis.linear("ms", 0, Chart.most(delay, 1)),
                delay,
                marks));
    return new Plot(name, "time-" + name + ".svg", charts, own);
  }

  private static List<Chart.Series> series(List<Report> own, String figure, double scale) {
    List<Chart.Series> series = new ArrayList<>();
    for (Report report : own) {
      List<Chart.Point> points = new ArrayList<>();
      for (JsonNode second : report.root().path("timeline")) {
        double value = scale * second.path(figure).asDouble();
        boolean known = second.path("online").asInt() > 0 && (value > 0 || !figure.equals(DELAY));
        points.add(new Chart.Point(second.path("t").asDouble(), known ? value : Double.NaN));
      }
      // The last seconds' chunks are not due any more.
      trimEnd(points);
      series.add(new Chart.Series("seed " + report.seed(), series.size(), false, points));
    }
    return series;
  }

  private static void trimEnd(List<Chart.Point> points) {
    while (!points.isEmpty() && !(points.get(points.size() - 1).y() > 0)) {
      points.remove(points.size() - 1);
    }
  }

  private List<Chart.Mark> marks(Report report) {
    List<Chart.Mark> marks = new ArrayList<>();
    Optional<Scenario> scenario = matrix.find(report.name()).map(Run::scenario);
    if (scenario.isPresent()) {
      for (Scenario.Event event : scenario.get().events()) {
        marks.add(new Chart.Mark(event.atSeconds(), begins(event)));
        if (event.overAtSeconds() > event.atSeconds()) {
          marks.add(new Chart.Mark(event.overAtSeconds(), ends(event)));
        }
      }
      for (Scenario.Arrival arrival : scenario.get().arrivals()) {
        marks.add(new Chart.Mark(arrival.atSeconds(), arrival.count() + " come"));
      }
    }
    return marks;
  }

  private static String begins(Scenario.Event event) {
    String share = Math.round(100 * event.share()) + " % ";
    return switch (event.kind()) {
      case KILL -> share + "die";
      case PARTITION -> share + "cut off";
      case RESTART_BROADCASTER -> "broadcaster gone";
    };
  }

  private static String ends(Scenario.Event event) {
    return event.kind() == Scenario.EventKind.PARTITION ? "healed" : "back";
  }
}
