package dev.livestream.benchmarks.publish;

import dev.livestream.benchmarks.swarm.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the swarm tool.
 *
 * @param name what its scenario is called, the same for all seeds and strategies
 * @param file the scenario, seen from the root of the checkout
 * @param overrides what is set beside it
 * @param strategy who runs it
 * @param seed its seed
 * @param scenario what the file and the overrides come to
 */
record Run(
    String name,
    String file,
    List<String> overrides,
    String strategy,
    long seed,
    Scenario scenario) {

  /** The program that runs it, seen from the root of the checkout. */
  static final String PROGRAM = "benchmarks/swarm";

  /** The name, and the strategy where it is not the product's. */
  String title() {
    return title(name, strategy);
  }

  static String title(String name, String strategy) {
    return strategy.equals(Reports.PRODUCT) ? name : name + "." + strategy;
  }

  /** What its report is called in the folder of reports. */
  String reportFile() {
    return title() + ".seed" + seed + ".json";
  }

  /** How many viewers there are, all arrivals counted. */
  int viewers() {
    return scenario.viewers()
        + scenario.arrivals().stream().mapToInt(Scenario.Arrival::count).sum();
  }

  /** The command that repeats it, from the root of the checkout. */
  List<String> command() {
    List<String> command = new ArrayList<>(List.of(PROGRAM, file));
    for (String override : overrides) {
      command.add("--set");
      command.add(override);
    }
    if (!strategy.equals(Reports.PRODUCT)) {
      command.add("--strategy");
      command.add(strategy);
    }
    command.add("--seed");
    command.add(Long.toString(seed));
    return command;
  }
}
