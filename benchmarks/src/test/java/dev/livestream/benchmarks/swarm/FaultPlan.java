package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.benchmarks.swarm.scenario.ScenarioException;
import dev.livestream.benchmarks.swarm.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What befalls a small swarm, drawn from a seed: viewers that die, partitions of either kind, a
 * broadcaster that goes and comes back, loss, leaf-only viewers, coming and going, crowds. All of
 * it is said in the words of the swarm tool, so that its command repeats the run.
 *
 * <p>Faults are over after 16 s; the scenario goes on for 12 s more.
 */
final class FaultPlan {
  private static final String SCENARIO = "scenarios/faults.json";

  private final long seed;
  private final SplittableRandom random;
  private final List<String> overrides = new ArrayList<>();

  private FaultPlan(long seed, int fewest, int most, boolean restarts) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    set("viewers", random.nextInt(fewest, most + 1));
    set("leafShare", half(random.nextDouble(0, 0.25)));
    set("loss.rate", half(random.nextDouble(0, 0.03)));
    set("loss.burst", random.nextInt(1, 4));
    if (random.nextBoolean()) {
      set("sessions.kind", "exponential");
      set("sessions.meanSeconds", random.nextInt(20, 61));
    }
    if (random.nextInt(3) == 0) {
      int count = random.nextInt(fewest / 2, fewest + 1);
      overrides.add(
          String.format(
              Locale.ROOT,
              "arrivals=[{\"atSeconds\":%d,\"count\":%d,\"overSeconds\":2}]",
              random.nextInt(8, 15),
              count));
    }
    List<String> events = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      events.add(event(random.nextBoolean() ? "kill" : "partition"));
    }
    // A broadcaster that is gone cannot go again, so there is only one.
    if (restarts) {
      events.add(event("restartBroadcaster"));
    }
    overrides.add("events=[" + String.join(",", events) + "]");
  }

  /**
   * Draws one without a restart of the broadcaster.
   *
   * @param fewest how many viewers there are at least
   * @param most how many at most, crowds aside
   */
  static FaultPlan of(long seed, int fewest, int most) {
    return new FaultPlan(seed, fewest, most, false);
  }

  /** Draws one in which the broadcaster goes and comes back besides. */
  static FaultPlan withRestart(long seed, int fewest, int most) {
    return new FaultPlan(seed, fewest, most, true);
  }

  /** The same, with another field set. */
  FaultPlan with(String override) {
    overrides.add(override);
    return this;
  }

  private String event(String kind) {
    return String.format(
        Locale.ROOT,
        "{\"atSeconds\":%.1f,\"kind\":\"%s\",\"share\":%.2f,\"seconds\":%.1f,\"symmetric\":%b}",
        random.nextDouble(7, 13),
        kind,
        random.nextDouble(0.1, 0.5),
        random.nextDouble(1, 3),
        random.nextBoolean());
  }

  /** Nought as often as not. */
  private double half(double value) {
    return random.nextBoolean() ? Math.round(value * 1_000) / 1_000.0 : 0;
  }

  private void set(String path, Object value) {
    overrides.add(path + "=" + value);
  }

  Scenario scenario() throws ScenarioException {
    ScenarioReader reader = ScenarioReader.open(Path.of(SCENARIO));
    for (String override : overrides) {
      reader.set(override);
    }
    reader.set("seed=" + seed);
    return reader.read();
  }

  /** What the tool is called with, seen from the folder of the benchmarks. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(SCENARIO));
    for (String override : overrides) {
      arguments.add("--set");
      arguments.add(override);
    }
    arguments.add("--seed");
    arguments.add(Long.toString(seed));
    return arguments;
  }

  /** The same for a shell, from the root of the checkout. */
  String command() {
    StringBuilder command = new StringBuilder("benchmarks/swarm benchmarks/" + SCENARIO);
    for (String argument : arguments().subList(1, arguments().size())) {
      command.append(argument.matches("[-\\w.=]+") ? " " + argument : " '" + argument + "'");
    }
    return command.toString();
  }

  @Override
  public String toString() {
    return "seed " + seed;
  }
}
