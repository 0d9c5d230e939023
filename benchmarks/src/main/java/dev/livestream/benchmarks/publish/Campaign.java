package dev.livestream.benchmarks.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Runs what has no report yet, one after the other, so that nothing but the machine's other work
 * changes what a run costs. A report appears under its name when it is complete: whoever stops the
 * campaign, at whatever moment, loses one run and goes on with the next call.
 */
final class Campaign {
  /** The field of a report that tells how it came about. */
  static final String ORIGIN = "origin";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  private final Runner runner;
  private final String commit;
  private final PrintStream console;

  /** Carries out one run. */
  interface Runner {
    /**
     * Runs it to the end.
     *
     * @param report where the report is to be written
     * @param log takes what it prints
     * @return whether it went well
     */
    boolean run(Run run, Path report, Path log) throws IOException, InterruptedException;
  }

  Campaign(Path folder, Runner runner, String commit, PrintStream console) {
    this.folder = folder;
    this.runner = runner;
    this.commit = commit;
    this.console = console;
  }

  /** Runs what is missing; tells how many failed. */
  int run(List<Run> runs) throws IOException, InterruptedException, PublishException {
    Files.createDirectories(folder);
    int older = 0;
    int failed = 0;
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      Path kept = folder.resolve(run.reportFile());
      if (Files.exists(kept)) {
        older += Reports.readOne(kept).origin("commit").equals(commit) ? 0 : 1;
        continue;
      }
      console.printf(
          Locale.ROOT, "[%d/%d] %s, seed %d: ", i + 1, runs.size(), run.title(), run.seed());
      console.flush();
      failed += carryOut(run, kept) ? 0 : 1;
    }
    if (older > 0) {
      console.println(
          older + " reports that were there are of other sources than " + commit + "; see --out");
    }
    return failed;
  }

  private boolean carryOut(Run run, Path kept)
      throws IOException, InterruptedException, PublishException {
    Path part = folder.resolve(run.reportFile() + ".part");
    Path log = folder.resolve(run.reportFile().replace(".json", ".log"));
    Files.deleteIfExists(part);
    if (!runner.run(run, part, log) || !Files.exists(part)) {
      Files.deleteIfExists(part);
      console.println("failed, see " + log);
      return false;
    }
    Report report = Reports.readOne(part);
    if (!(report.root() instanceof ObjectNode root)) {
      throw new PublishException(part + " is no report");
    }
    root.set(ORIGIN, Machine.origin(String.join(" ", run.command()), commit));
    Files.writeString(part, MAPPER.writeValueAsString(root) + "\n");
    Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(log);
    console.printf(
        Locale.ROOT,
        "delivered %s, delay p99 %s, in %s%n",
        Unit.PERCENT.text(report.at("delivered.mean")),
        Unit.MILLIS.text(report.at("delayMs.p99")),
        Unit.SECONDS.text(report.at("wallSeconds")));
    return true;
  }
}
