package dev.livestream.benchmarks.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/** One report of the swarm tool. Figures are asked for by path; one that is not there is NaN. */
final class Report {
  private final String file;
  private final JsonNode root;

  /** Takes what was read from a file. */
  Report(String file, JsonNode root) throws PublishException {
    this.file = file;
    this.root = root;
    if (!root.path("scenario").isTextual()
        || !root.path("seed").isIntegralNumber()
        || !root.path("viewers").isIntegralNumber()
        || !root.path("delivered").isObject()) {
      throw new PublishException(file + " is no report of " + Run.PROGRAM);
    }
  }

  String file() {
    return file;
  }

  JsonNode root() {
    return root;
  }

  String name() {
    return root.path("scenario").asText();
  }

  String strategy() {
    return root.path("strategy").asText(Reports.PRODUCT);
  }

  long seed() {
    return root.path("seed").asLong();
  }

  int viewers() {
    return root.path("viewers").asInt();
  }

  /** Whether it comes from sockets and real time. */
  boolean real() {
    return root.has("real");
  }

  /** How it came about, as {@link Campaign} noted it; empty if it did not. */
  String origin(String field) {
    return root.path(Campaign.ORIGIN).path(field).asText("");
  }

  /** A figure such as {@code delayMs.p99} or {@code recovery.0.deliveredAfter}. */
  double at(String path) {
    JsonNode at = root;
    for (String step : path.split("\\.", -1)) {
      boolean isPlace = at.isArray() && step.matches("[0-9]{1,6}");
      at = isPlace ? at.path(Integer.parseInt(step)) : at.path(step);
    }
    return at.isNumber() ? at.doubleValue() : Double.NaN;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Report report && file.equals(report.file) && root.equals(report.root);
  }

  @Override
  public int hashCode() {
    return Objects.hash(file, root);
  }

  @Override
  public String toString() {
    return file;
  }
}
