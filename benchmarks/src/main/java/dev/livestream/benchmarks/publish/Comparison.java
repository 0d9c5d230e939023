package dev.livestream.benchmarks.publish;

import java.util.List;
import java.util.Locale;

/**
 * Whether sockets and simulation tell the same of one scenario. The simulated network is only worth
 * its figures while they do.
 */
final class Comparison {
  private static final double DELIVERED = 0.002;
  private static final double DELAY_PART = 0.3;
  private static final double DELAY_MS = 30;
  private static final double UPLOAD_PART = 0.05;

  private final Report real;
  private final Report simulated;

  /** One figure on both sides. */
  private record Row(String what, Unit unit, double real, double simulated, double may) {
    boolean agrees() {
      return Math.abs(real - simulated) <= may + Bound.EPSILON;
    }
  }

  Comparison(Report real, Report simulated) throws PublishException {
    if (!real.real()) {
      throw new PublishException(real + " is not a report of a run with --real");
    }
    if (simulated.real()) {
      throw new PublishException(simulated + " is a report of a run with --real");
    }
    if (real.viewers() != simulated.viewers()) {
      throw new PublishException(
          real + " has " + real.viewers() + " viewers, " + simulated + " " + simulated.viewers());
    }
    this.real = real;
    this.simulated = simulated;
    for (Row row : rows()) {
      if (Double.isNaN(row.real) || Double.isNaN(row.simulated)) {
        throw new PublishException(
            (Double.isNaN(row.real) ? real : simulated) + " does not tell the " + row.what);
      }
    }
  }

  private List<Row> rows() {
    double upload = simulated.at("source.uploadRatio");
    return List.of(
        row("delivered, mean", Unit.PERCENT, "delivered.mean", DELIVERED),
        delay("delay of the median viewer", "delayMs.p50"),
        delay("delay of the median chunk", "delayMs.chunkP50"),
        row(
            "broadcaster's upload",
            Unit.TIMES,
            "source.uploadRatio",
            UPLOAD_PART * Math.abs(upload)));
  }

  private Row delay(String what, String path) {
    return row(what, Unit.MILLIS, path, Math.max(DELAY_MS, DELAY_PART * simulated.at(path)));
  }

  private Row row(String what, Unit unit, String path, double may) {
    return new Row(what, unit, real.at(path), simulated.at(path), may);
  }

  /** Whether all figures do. */
  boolean agrees() {
    return rows().stream().allMatch(Row::agrees);
  }

  /** A short table. */
  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "", "real", "simulated", "may differ by", "");
    for (Row row : rows()) {
      Unit difference = row.unit == Unit.PERCENT ? Unit.POINTS : row.unit;
      line(
          text,
          row.what,
          row.unit.text(row.real),
          row.unit.text(row.simulated),
          difference.text(row.may),
          row.agrees() ? "agrees" : "DIFFERS");
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Object... cells) {
    String line = String.format(Locale.ROOT, "%-27s %12s %12s %14s  %s", cells);
    text.append(line.stripTrailing()).append('\n');
  }
}
