package dev.livestream.benchmarks.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The page with all that was measured, and the plots beside it. */
final class Page {
  /** What it is called. */
  static final String FILE = "swarm.md";

  private static final String PLOTS = "swarm";

  private final Reports reports;
  private final GoalTable goals;
  private final SizeCharts sizes;
  private final TimeLines timeLines;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> plots = new LinkedHashMap<>();

  Page(Reports reports, Matrix matrix) throws PublishException {
    if (reports.all().isEmpty()) {
      throw new PublishException("there are no reports to make a page of");
    }
    matrix.verify(reports);
    this.reports = reports;
    this.goals = new GoalTable(Goals.all(), reports, matrix);
    this.sizes = new SizeCharts(reports);
    this.timeLines = new TimeLines(reports, matrix);
  }

  /** Writes the page into a folder, and the plots into one inside it. */
  void writeInto(Path folder) throws IOException {
    build();
    Path inside = Files.createDirectories(folder.resolve(PLOTS));
    for (Map.Entry<String, String> plot : plots.entrySet()) {
      Files.writeString(inside.resolve(plot.getKey()), plot.getValue());
    }
    Files.writeString(folder.resolve(FILE), text);
  }

  private void build() {
    head();
    text.append("## What must hold\n\n")
        .append(goals.summary())
        .append(
            """
             A bound holds if the median over the seeds keeps to it and the worst seed to 1.25
            times as much; where a share must be delivered, 1.25 times what may be missing.

            """)
        .append(goals.markdown())
        .append(
            """

            Not in these reports: what one decision of the engine takes ([jmh.md](jmh.md)), and the
            memory of a viewer's engine.
            """);
    sizes();
    timeLines();
    commands();
  }

  private void head() {
    text.append("# Swarms under virtual time, measured\n\n");
    text.append(
        """
        Made by `benchmarks/publish page` from the reports of `benchmarks/publish run`. Each
        figure is the median over the seeds named beside it. *Delivered*: verified and there
        before its deadline, at a viewer that has started. *Delay*: from `write` to ready to
        read; of each viewer the 99th percentile, then the median viewer (p50) or the worst in a
        hundred (p99). *Floor*: what a clairvoyant planner reaches. Every byte counts: headers,
        proofs, control messages, acknowledgements, packet headers.

        """);
    line("Machine", distinct(report -> report.origin("machine")));
    line("Sources", distinct(report -> report.origin("commit")));
    text.append('\n');
  }

  private void line(String what, List<String> values) {
    if (!values.isEmpty()) {
      text.append("- ").append(what).append(": ").append(String.join("; ", values)).append('\n');
    }
  }

  private List<String> distinct(Function<Report, String> field) {
    TreeSet<String> values = new TreeSet<>();
    reports.all().forEach(report -> values.add(field.apply(report)));
    values.remove("");
    return List.copyOf(values);
  }

  private void sizes() {
    if (sizes.isEmpty()) {
      return;
    }
    text.append("\n## The number of viewers\n\nNobody leaves; one scenario, all strategies.");
    text.append(" Delays are of those who play at all.\n\n");
    for (SizeCharts.Plot plot : sizes.plots()) {
      picture(plot.what(), plot.file(), List.of(plot.chart()));
    }
    text.append(sizes.tables());
  }

  private void timeLines() {
    List<TimeLines.Plot> all = timeLines.plots();
    if (!all.isEmpty()) {
      text.append("\n## When something happens\n");
    }
    for (TimeLines.Plot plot : all) {
      text.append("\n### ").append(plot.name()).append("\n\n");
      picture(plot.name(), plot.file(), plot.charts());
      text.append('\n').append(command(plot.shown())).append('\n');
    }
  }

  private void picture(String what, String file, List<Chart> charts) {
    plots.put(file, ChartSvg.of(charts));
    text.append("![").append(what).append("](").append(PLOTS).append('/').append(file);
    text.append(")\n");
  }

  private void commands() {
    text.append("\n## Commands\n\nEach repeats its figures with the seeds named.\n\n");
    Map<String, List<Report>> byRun = new LinkedHashMap<>();
    for (Report report : reports.all()) {
      String title = Run.title(report.name(), report.strategy());
      byRun.computeIfAbsent(title, run -> new ArrayList<>()).add(report);
    }
    byRun.forEach((run, own) -> text.append("- ").append(run).append(": ").append(command(own)));
  }

  // The seed is the last of a command's arguments.
  private static String command(List<Report> own) {
    String seeds = "seeds " + Seeds.text(Reports.seeds(own)) + "\n";
    String command = own.get(0).origin("command").replaceFirst(" --seed \\d+$", "");
    return command.isEmpty() ? "command not noted, " + seeds : "`" + command + "`, " + seeds;
  }
}
