package dev.livestream.benchmarks.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The published results: runs the matrix, checks the goals, writes the page. */
@Command(
    name = "publish",
    description = "Runs the published matrix of swarms, checks the goals, and writes the page.",
    mixinStandardHelpOptions = true,
    subcommands = {
      PublishCommand.RunMatrix.class,
      PublishCommand.CheckGoals.class,
      PublishCommand.WritePage.class,
      PublishCommand.Compare.class
    })
public final class PublishCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private final Path root;

  private PublishCommand(Path root) {
    this.root = root;
  }

  /** Runs the tool and ends with its exit code: 0, 1 for a failure, 2 for wrong usage. */
  public static void main(String[] args) {
    String root = System.getenv("LIVESTREAM_ROOT");
    System.exit(execute(Path.of(root == null ? "" : root).toAbsolutePath(), args));
  }

  /** Works in the checkout that is named. */
  static int execute(Path root, String... args) {
    CommandLine command = new CommandLine(new PublishCommand(root));
    command.setParameterExceptionHandler(
        (wrong, given) -> {
          System.err.println("publish: " + wrong.getMessage());
          return WRONG_USAGE;
        });
    IExecutionExceptionHandler inOneSentence =
        (failure, line, given) -> {
          System.err.println("publish: " + failure.getMessage());
          return failure instanceof PublishException ? WRONG_USAGE : FAILED;
        };
    command.setExecutionExceptionHandler(inOneSentence);
    return command.execute(args);
  }

  @Override
  public Integer call() {
    System.err.println("publish: say what: run, goals, page or compare; see --help");
    return WRONG_USAGE;
  }

  /** Runs what has no report yet. */
  @Command(
      name = "run",
      description = "Runs what has no report yet; can be stopped, and goes on where it was.",
      mixinStandardHelpOptions = true)
  static final class RunMatrix implements Callable<Integer> {
    @CommandLine.ParentCommand private @Nullable PublishCommand parent;

    @Option(names = "--seeds", paramLabel = "1-5", description = "Only these of the seeds.")
    private @Nullable String seeds;

    @Option(
        names = "--only",
        paramLabel = "NAME",
        split = ",",
        description = "Only these runs, such as evening-show, forever-*, *.gossip.")
    private List<String> only = List.of();

    @Option(
        names = "--most-viewers",
        paramLabel = "N",
        description = "Leaves out what has more viewers.")
    private int mostViewers = Integer.MAX_VALUE;

    @Option(
        names = "--most-minutes",
        paramLabel = "N",
        description = "Ends a run that takes longer (${DEFAULT-VALUE}).")
    private int mostMinutes = 60;

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "Where reports are kept (benchmarks/target/reports).")
    private @Nullable Path out;

    @Option(names = "--list", description = "Only tells what would be run.")
    private boolean list;

    RunMatrix() {}

    @Override
    public Integer call() throws PublishException, IOException, InterruptedException {
      Path root = rootOf(parent);
      NavigableSet<Long> chosen = seeds == null ? null : Seeds.parse(seeds);
      if (mostMinutes < 1) {
        throw new PublishException("--most-minutes must be 1 or more, not " + mostMinutes);
      }
      List<Run> runs = Matrix.read(root).runs(only, chosen, mostViewers);
      Path folder = out == null ? root.resolve("benchmarks/target/reports") : out;
      if (list) {
        for (Run run : runs) {
          boolean there = Files.exists(folder.resolve(run.reportFile()));
          System.out.println((there ? "[there] " : "") + String.join(" ", run.command()));
        }
        return 0;
      }
      Campaign campaign =
          new Campaign(
              folder, new SwarmProcess(root, mostMinutes), Machine.commit(root), System.err);
      return campaign.run(runs) == 0 ? 0 : FAILED;
    }
  }

  /** Compares reports with what must hold. */
  @Command(
      name = "goals",
      description = "Compares the reports with what must hold, in a table.",
      mixinStandardHelpOptions = true)
  static final class CheckGoals implements Callable<Integer> {
    @CommandLine.ParentCommand private @Nullable PublishCommand parent;

    @Parameters(paramLabel = "DIR", description = "The folder of reports.")
    private Path folder = Path.of("");

    CheckGoals() {}

    @Override
    public Integer call() throws PublishException {
      Matrix matrix = Matrix.read(rootOf(parent));
      Reports reports = Reports.read(folder);
      matrix.verify(reports);
      GoalTable table = new GoalTable(Goals.all(), reports, matrix);
      print(table.markdown() + "\n" + table.summary() + "\n");
      return table.count(Goal.Verdict.MISSED) == 0 ? 0 : FAILED;
    }
  }

  /** Writes tables and plots. */
  @Command(
      name = "page",
      description = "Writes the page and its plots.",
      mixinStandardHelpOptions = true)
  static final class WritePage implements Callable<Integer> {
    @CommandLine.ParentCommand private @Nullable PublishCommand parent;

    @Parameters(paramLabel = "DIR", description = "The folder of reports.")
    private Path folder = Path.of("");

    @Option(
        names = "--into",
        paramLabel = "DIR",
        required = true,
        description = "Where the page goes, such as benchmarks/results.")
    private Path into = Path.of("");

    WritePage() {}

    @Override
    public Integer call() throws PublishException, IOException {
      new Page(Reports.read(folder), Matrix.read(rootOf(parent))).writeInto(into);
      return 0;
    }
  }

  /** Compares a run over sockets with a simulated one. */
  @Command(
      name = "compare",
      description = "Tells whether a run over sockets and a simulated one agree.",
      mixinStandardHelpOptions = true)
  static final class Compare implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "REAL.json", description = "The report of --real.")
    private Path real = Path.of("");

    @Parameters(index = "1", paramLabel = "SIM.json", description = "The report without it.")
    private Path simulated = Path.of("");

    Compare() {}

    @Override
    public Integer call() throws PublishException {
      Comparison comparison = new Comparison(Reports.readOne(real), Reports.readOne(simulated));
      print(comparison.text());
      return comparison.agrees() ? 0 : FAILED;
    }
  }

  private static Path rootOf(@Nullable PublishCommand parent) {
    return parent == null ? Path.of("").toAbsolutePath() : parent.root;
  }

  private static void print(String text) {
    System.out.print(text);
    System.out.flush();
  }
}
