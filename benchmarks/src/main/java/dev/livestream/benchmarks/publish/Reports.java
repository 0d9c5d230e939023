package dev.livestream.benchmarks.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The reports of one folder. */
final class Reports {
  /** The strategy that is the product's engine. */
  static final String PRODUCT = "hybrid";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<Report> all;

  /** Takes some, of which no two may be of the same run. */
  Reports(List<Report> reports) throws PublishException {
    List<Report> sorted = new ArrayList<>(reports);
    sorted.sort(
        Comparator.comparing(Report::name)
            .thenComparing(Report::strategy)
            .thenComparingLong(Report::seed));
    Set<String> runs = new HashSet<>();
    for (Report report : sorted) {
      String run = Run.title(report.name(), report.strategy()) + ", seed " + report.seed();
      if (!runs.add(run)) {
        throw new PublishException("there are two reports of " + run);
      }
    }
    this.all = List.copyOf(sorted);
  }

  /** Reads all {@code .json} files of a folder. */
  static Reports read(Path folder) throws PublishException {
    List<Path> files;
    try (Stream<Path> inside = Files.list(folder)) {
      files = inside.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new PublishException("there is no folder " + folder);
    }
    List<Report> reports = new ArrayList<>();
    for (Path file : files) {
      reports.add(readOne(file));
    }
    return new Reports(reports);
  }

  /** Reads one. */
  static Report readOne(Path file) throws PublishException {
    try {
      return new Report(file.toString(), MAPPER.readTree(Files.readString(file)));
    } catch (JsonProcessingException e) {
      throw new PublishException(file + " is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new PublishException("cannot read " + file);
    }
  }

  /** All of them, by name, strategy and seed. */
  List<Report> all() {
    return all;
  }

  /** Those of a scenario by the product, least seed first. */
  List<Report> of(String name) {
    return of(name, PRODUCT);
  }

  /** Those of a scenario, least seed first. */
  List<Report> of(String name, String strategy) {
    return all.stream()
        .filter(report -> report.name().equals(name) && report.strategy().equals(strategy))
        .toList();
  }

  /** Their seeds. */
  static NavigableSet<Long> seeds(List<Report> reports) {
    NavigableSet<Long> seeds = new TreeSet<>();
    reports.forEach(report -> seeds.add(report.seed()));
    return seeds;
  }
}
