package dev.livestream.benchmarks.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns JMH's JSON into the table of results/jmh.md.
 *
 * <p>The figures are processor time, see {@link CpuTime}: medians over the iterations, because a
 * mean moves with every iteration that the compiler or a neighbour disturbed. The error is half the
 * distance between the quartiles. The ratio is the bare benchmark's time divided by this one's; the
 * bare one is that of the same class and parameters, or the class's only one.
 */
public final class ResultTable {
  private static final String PACKAGE = "dev.livestream.benchmarks.jmh.";
  private static final String BARE = "bare";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private static final List<String> KEPT =
      List.of(
          "benchmark",
          "jmhVersion",
          "vmName",
          "jdkVersion",
          "forks",
          "warmupIterations",
          "warmupTime",
          "measurementIterations",
          "measurementTime",
          "params");

  private final List<Row> rows = new ArrayList<>();

  /** One benchmark with one choice of parameters. */
  private record Row(
      String group, String name, String parameters, double nanos, double error, double bytes) {}

  private ResultTable(JsonNode results) {
    for (JsonNode result : results) {
      rows.add(row(result));
    }
  }

  /**
   * Reads what JMH wrote.
   *
   * @param results the content of the file that {@code -rff} named, run with the profilers {@code
   *     gc} and {@link CpuTime}
   * @return the table in Markdown
   * @throws IllegalArgumentException if a figure is missing
   */
  public static String of(JsonNode results) {
    return new ResultTable(results).print();
  }

  private static Row row(JsonNode result) {
    String benchmark = result.path("benchmark").asText();
    String[] names =
        benchmark.substring(benchmark.startsWith(PACKAGE) ? PACKAGE.length() : 0).split("\\.", 2);
    double[] nanos = sorted(metric(result, CpuTime.LABEL));
    return new Row(
        names[0],
        names[1],
        parameters(result.path("params")),
        quantile(nanos, 0.5),
        (quantile(nanos, 0.75) - quantile(nanos, 0.25)) / 2,
        quantile(sorted(metric(result, ALLOCATED)), 0.5));
  }

  private static JsonNode metric(JsonNode result, String label) {
    JsonNode metric = result.path("secondaryMetrics").path(label).path("rawData").path(0);
    if (metric.isEmpty()) {
      throw new IllegalArgumentException(result.path("benchmark").asText() + " has no " + label);
    }
    return metric;
  }

  private static String parameters(JsonNode params) {
    TreeMap<String, String> sorted = new TreeMap<>();
    params.properties().forEach(param -> sorted.put(param.getKey(), param.getValue().asText()));
    List<String> texts = new ArrayList<>();
    sorted.forEach((name, value) -> texts.add(name + " " + value));
    return String.join(", ", texts);
  }

  private static double[] sorted(JsonNode values) {
    double[] sorted = new double[values.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values.get(i).asDouble();
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
  }

  private @Nullable Row bareOf(Row row) {
    Row bare = null;
    for (Row other : rows) {
      boolean fits = other.parameters.equals(row.parameters) || other.parameters.isEmpty();
      if (other.name.equals(BARE) && other.group.equals(row.group) && fits) {
        bare = other;
      }
    }
    return bare;
  }

  private String print() {
    StringBuilder table = new StringBuilder();
    table.append("| benchmark | of the bare rate | ns/op | B/op |\n|---|---|---|---|\n");
    for (Row row : rows) {
      Row bare = bareOf(row);
      String ratio =
          bare == null || row.name.equals(BARE)
              ? ""
              : String.format(Locale.ROOT, "%.1f %%", 100 * bare.nanos / row.nanos);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s.%s%s | %s | %,.0f ± %,.0f | %,.0f |\n",
              row.group,
              row.name,
              row.parameters.isEmpty() ? "" : ", " + row.parameters,
              ratio,
              row.nanos,
              row.error,
              row.bytes));
    }
    return table.toString();
  }

  /**
   * What the table rests on, without what only says where it was measured.
   *
   * @param results as for {@link #of}
   * @return a fraction of it, of which {@link #of} makes the same table
   */
  public static ArrayNode essence(JsonNode results) {
    ArrayNode essence = JsonNodeFactory.instance.arrayNode();
    for (JsonNode result : results) {
      ObjectNode kept = essence.addObject();
      for (String field : KEPT) {
        if (result.has(field)) {
          kept.set(field, result.path(field));
        }
      }
      ObjectNode metrics = kept.putObject("secondaryMetrics");
      for (String label : List.of(CpuTime.LABEL, ALLOCATED)) {
        metrics.putObject(label).putArray("rawData").add(metric(result, label));
      }
    }
    return essence;
  }

  /**
   * Prints the table, and writes what it rests on if a second file is named.
   *
   * @param args the file that JMH wrote, and the file to write
   * @throws IOException if one cannot be read or the other not be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 1 || args.length > 2) {
      System.err.println("usage: table RESULTS.json [ESSENCE.json]");
      System.exit(2);
    }
    JsonNode results = new ObjectMapper().readTree(Path.of(args[0]).toFile());
    if (args.length > 1) {
      StringBuilder lines = new StringBuilder();
      essence(results).forEach(line -> lines.append(lines.isEmpty() ? "" : ",\n").append(line));
      Files.writeString(Path.of(args[1]), "[\n" + lines + "\n]\n");
    }
    System.out.print(of(results));
  }
}
