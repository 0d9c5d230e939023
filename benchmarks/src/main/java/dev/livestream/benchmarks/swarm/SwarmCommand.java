package dev.livestream.benchmarks.swarm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livestream.benchmarks.swarm.real.RealReport;
import dev.livestream.benchmarks.swarm.real.RealResults;
import dev.livestream.benchmarks.swarm.real.RealRun;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.benchmarks.swarm.scenario.ScenarioException;
import dev.livestream.benchmarks.swarm.scenario.ScenarioReader;
import dev.livestream.benchmarks.swarm.strategy.Strategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The experiment tool: runs a scenario and reports how good it was. */
@Command(
    name = "swarm",
    description = "Runs a swarm of the real engine under virtual time and reports how good it was.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SwarmCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int MOST_THREADS = 64;
  private static final int VIEWERS_PER_THREAD = 150;

  @Parameters(paramLabel = "SCENARIO.json", description = "What to simulate.")
  private Path scenarioFile = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Overrides a field of the scenario, such as loss.rate=0.02.")
  private List<String> overrides = List.of();

  @Option(names = "--seed", paramLabel = "N", description = "Overrides the scenario's seed.")
  private @Nullable Long seed;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "hybrid (the product), or a yardstick: client-server, mesh-pull, gossip.")
  private String strategy = "hybrid";

  @Option(
      names = "--real",
      description = {
        "Runs in real time over QUIC on loopback: uplinks are upload limits, no delay is added.",
        "There, uplinks=[] and sourceUplink=0 mean no limit."
      })
  private boolean real;

  @Option(names = "--json", paramLabel = "OUT", description = "Where to write the report.")
  private @Nullable Path json;

  @Option(names = "--quiet", description = "Reports no progress.")
  private boolean quiet;

  @Option(
      names = "--keep-going",
      description = "Counts peers that feed themselves in a circle, instead of ending the run.")
  private boolean keepGoing;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "On how many threads to simulate. The report is the same; see the README.")
  private @Nullable Integer threads;

  SwarmCommand() {}

  /** Runs the tool and ends with its exit code: 0, 1 for a failure, 2 for wrong usage. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    CommandLine command = new CommandLine(new SwarmCommand());
    command.setParameterExceptionHandler(
        (wrong, given) -> {
          System.err.println("swarm: " + wrong.getMessage());
          return WRONG_USAGE;
        });
    return command.execute(args);
  }

  @Override
  public Integer call() throws IOException {
    Scenario scenario;
    try {
      ScenarioReader reader = ScenarioReader.open(scenarioFile);
      for (String override : overrides) {
        reader.set(override);
      }
      if (seed != null) {
        reader.set("seed=" + seed);
      }
      scenario = real ? reader.readForReal() : reader.read();
    } catch (ScenarioException e) {
      System.err.println("swarm: " + e.getMessage());
      return WRONG_USAGE;
    }
    if (!Strategy.names().contains(strategy)) {
      System.err.println(
          "swarm: '"
              + strategy
              + "' is no strategy; there are "
              + String.join(", ", Strategy.names()));
      return WRONG_USAGE;
    }
    if (threads != null && (threads < 1 || threads > MOST_THREADS)) {
      System.err.println("swarm: --threads must be 1 to " + MOST_THREADS + ", not " + threads);
      return WRONG_USAGE;
    }
    if (real && !strategy.equals("hybrid")) {
      System.err.println("swarm: only the strategy hybrid can be run with --real");
      return WRONG_USAGE;
    }
    return real ? runReal(scenario) : run(scenario);
  }

  /** Threads wait for each other all the time, so that each needs enough viewers to be worth it. */
  private int threadsFor(Scenario scenario) {
    if (threads != null) {
      return threads;
    }
    int viewers = scenario.viewers();
    for (Scenario.Arrival arrival : scenario.arrivals()) {
      viewers += arrival.count();
    }
    int most = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    return Math.max(1, Math.min(most, viewers / VIEWERS_PER_THREAD));
  }

  private int runReal(Scenario scenario) throws IOException {
    RealResults results;
    try {
      results = new RealRun(scenario).run(quiet ? Progress.NONE : Progress.onConsole());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    } catch (IOException e) {
      System.err.println("swarm: " + e.getMessage());
      return FAILED;
    }
    publish(RealReport.of(results));
    return results.complete() == results.viewers() ? 0 : FAILED;
  }

  private int run(Scenario scenario) throws IOException {
    Results results;
    try {
      results =
          new Experiment(scenario, strategy, keepGoing, threadsFor(scenario))
              .run(quiet ? Progress.NONE : Progress.onConsole());
    } catch (RuntimeException e) {
      System.err.println(
          "swarm: broken in '" + scenario.name() + "' with seed " + scenario.seed() + ": " + e);
      e.printStackTrace();
      return FAILED;
    }
    publish(Report.of(results));
    return 0;
  }

  private void publish(ObjectNode report) throws IOException {
    System.out.print(SummaryTable.of(report));
    if (json != null) {
      ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      Files.writeString(json, mapper.writeValueAsString(report) + "\n", StandardCharsets.UTF_8);
    }
  }
}
