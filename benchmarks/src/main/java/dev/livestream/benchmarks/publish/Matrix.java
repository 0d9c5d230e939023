package dev.livestream.benchmarks.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.benchmarks.swarm.scenario.ScenarioException;
import dev.livestream.benchmarks.swarm.scenario.ScenarioReader;
import dev.livestream.benchmarks.swarm.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that is published, as {@code benchmarks/matrix.json} lists it. Every entry is checked before
 * the first run: a mistake in the last line must not come to light after hours.
 */
final class Matrix {
  private static final String SCENARIOS = "benchmarks/scenarios/";
  private static final String USUAL_SEEDS = "1-5";
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final List<Run> runs = new ArrayList<>();

  private Matrix() {}

  /**
   * One line of the file.
   *
   * @param name what the scenario calls itself
   * @param scenario the file in {@code benchmarks/scenarios}; the name and {@code .json} unless
   *     said
   * @param set what is overridden
   * @param seeds for the product
   * @param yardsticks seeds for the other strategies; none unless said
   */
  private record Entry(
      @Nullable String name,
      @Nullable String scenario,
      @Nullable List<String> set,
      @Nullable String seeds,
      @Nullable String yardsticks) {}

  /** Reads it. */
  static Matrix read(Path root) throws PublishException {
    Path file = root.resolve("benchmarks/matrix.json");
    List<Entry> entries;
    try {
      entries = MAPPER.readerForListOf(Entry.class).readValue(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new PublishException(file + " is no matrix: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new PublishException("cannot read " + file);
    }
    Matrix matrix = new Matrix();
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      String name = entry.name == null ? "" : entry.name;
      if (!names.add(name)) {
        throw new PublishException("the matrix has two entries '" + name + "'");
      }
      matrix.add(root, name, entry);
    }
    return matrix;
  }

  private void add(Path root, String name, Entry entry) throws PublishException {
    String file = SCENARIOS + (entry.scenario == null ? name + ".json" : entry.scenario);
    List<String> overrides = entry.set == null ? List.of() : List.copyOf(entry.set);
    Scenario scenario;
    try {
      ScenarioReader reader = ScenarioReader.open(root.resolve(file));
      for (String override : overrides) {
        reader.set(override);
      }
      scenario = reader.read();
    } catch (ScenarioException e) {
      throw new PublishException("the matrix, entry '" + name + "': " + e.getMessage());
    }
    // Reports are found by the name that the scenario gives itself.
    if (!scenario.name().equals(name)) {
      throw new PublishException(
          "the matrix, entry '" + name + "': the scenario calls itself '" + scenario.name() + "'");
    }
    for (String strategy : Strategy.names()) {
      boolean product = strategy.equals(Reports.PRODUCT);
      String seeds = product ? entry.seeds : entry.yardsticks;
      if (seeds != null || product) {
        for (long seed : Seeds.parse(seeds == null ? USUAL_SEEDS : seeds)) {
          runs.add(new Run(name, file, overrides, strategy, seed, scenario));
        }
      }
    }
  }

  /**
   * The runs that are asked for. The first seed of all comes before the second of any, and within a
   * seed the small swarms before the large: whoever stops early has the most to show.
   *
   * @param names which, by title, with {@code *} for anything; empty for all
   * @param seeds which of their seeds; null for all
   * @param mostViewers leaves out what is larger
   */
  List<Run> runs(List<String> names, @Nullable NavigableSet<Long> seeds, int mostViewers)
      throws PublishException {
    Set<Run> chosen = new HashSet<>(names.isEmpty() ? runs : List.of());
    for (String name : names) {
      Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
      List<Run> found =
          runs.stream().filter(run -> pattern.matcher(run.title()).matches()).toList();
      if (found.isEmpty()) {
        throw new PublishException("the matrix has no entry '" + name + "'");
      }
      chosen.addAll(found);
    }
    return runs.stream()
        .filter(chosen::contains)
        .filter(run -> seeds == null || seeds.contains(run.seed()))
        .filter(run -> run.viewers() <= mostViewers)
        .sorted(Comparator.comparingLong(Run::seed).thenComparingInt(Run::viewers))
        .toList();
  }

  /**
   * Refuses a report that bears the name of a run and is not of it: a smaller swarm would pass for
   * the one that was asked for.
   */
  void verify(Reports reports) throws PublishException {
    for (Report report : reports.all()) {
      for (Run run : runs) {
        boolean same = run.name().equals(report.name()) && run.strategy().equals(report.strategy());
        if (same && run.seed() == report.seed()) {
          verify(report, run);
        }
      }
    }
  }

  private static void verify(Report report, Run run) throws PublishException {
    double seconds = run.scenario().totalSeconds();
    String command = report.origin("command");
    if (report.real()) {
      throw new PublishException(report + " is of a run with --real");
    }
    if (report.viewers() != run.scenario().viewers()
        || report.at("simulatedSeconds") != seconds
        || !(command.isEmpty() || command.equals(String.join(" ", run.command())))) {
      throw new PublishException(
          report + " is not of the run '" + run.title() + "' as the matrix has it");
    }
  }

  /** A run of this name by the product, whichever comes first. */
  Optional<Run> find(String name) {
    return runs.stream()
        .filter(run -> run.name().equals(name) && run.strategy().equals(Reports.PRODUCT))
        .findFirst();
  }

  /** The seeds that a name is to be run with by the product. */
  NavigableSet<Long> seedsOf(String name) {
    NavigableSet<Long> seeds = new TreeSet<>();
    for (Run run : runs) {
      if (run.name().equals(name) && run.strategy().equals(Reports.PRODUCT)) {
        seeds.add(run.seed());
      }
    }
    return seeds;
  }
}
