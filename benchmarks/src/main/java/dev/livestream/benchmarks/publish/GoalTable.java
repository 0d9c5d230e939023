package dev.livestream.benchmarks.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;

/** The goals and how they stand, in Markdown. */
final class GoalTable {
  private final List<Goal.Outcome> outcomes = new ArrayList<>();
  private final Reports reports;
  private final Matrix matrix;

  GoalTable(List<Goal> goals, Reports reports, Matrix matrix) {
    this.reports = reports;
    this.matrix = matrix;
    for (Goal goal : goals) {
      outcomes.add(goal.check(reports, matrix.seedsOf(goal.run())));
    }
  }

  /** How many stand like this. */
  long count(Goal.Verdict verdict) {
    return outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
  }

  /** One sentence. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "Of %d bounds %d hold, %d hold with the seeds run so far, %d are missed, %d were not"
            + " measured.",
        outcomes.size(),
        count(Goal.Verdict.HOLDS),
        count(Goal.Verdict.HOLDS_SO_FAR),
        count(Goal.Verdict.MISSED),
        count(Goal.Verdict.NOT_MEASURED));
  }

  /** The table. */
  String markdown() {
    StringBuilder table =
        new StringBuilder(
            """
            | scenario | figure | bound | median | worst seed | holds | command |
            |---|---|---|---|---|---|---|
            """);
    String row = "";
    String run = "";
    for (Goal.Outcome outcome : outcomes) {
      Goal goal = outcome.goal();
      boolean sameRow = goal.row().equals(row);
      boolean sameRun = sameRow && goal.run().equals(run);
      row = goal.row();
      run = goal.run();
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s | %s | %s |\n",
              sameRow ? "" : row,
              goal.what(),
              outcome.bound(),
              goal.unit().text(outcome.sample().median()),
              worst(outcome),
              outcome.verdict().text(),
              sameRun ? "" : command(goal)));
    }
    return table.toString();
  }

  private static String worst(Goal.Outcome outcome) {
    Sample sample = outcome.sample();
    if (sample.isEmpty()) {
      return "-";
    }
    long seed = sample.worstSeed(outcome.smallIsGood());
    double value = sample.bySeed().getOrDefault(seed, Double.NaN);
    return outcome.goal().unit().text(value) + " (" + seed + ")";
  }

  private String command(Goal goal) {
    Optional<Run> run = matrix.find(goal.run());
    NavigableSet<Long> seeds = Reports.seeds(reports.of(goal.run()));
    return run.map(each -> code(each) + (seeds.isEmpty() ? "" : ", seeds " + Seeds.text(seeds)))
        .orElse("-");
  }

  private static String code(Run run) {
    List<String> command = run.command();
    return "`" + String.join(" ", command.subList(0, command.size() - 2)) + "`";
  }
}
