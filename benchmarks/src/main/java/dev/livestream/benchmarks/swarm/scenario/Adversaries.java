package dev.livestream.benchmarks.swarm.scenario;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Peers that do harm. None can be simulated so far: what a scenario asks for is checked and then
 * refused by name, so that nobody takes a run without them for one with them.
 */
final class Adversaries {
  private static final double DAY = 86_400;

  private static final List<String> BEHAVIOURS =
      List.of(
          "pollute",
          "silent",
          "lie",
          "delay",
          "selective",
          "freeride",
          "replay",
          "equivocate",
          "sybil",
          "flood",
          "flash");

  private Adversaries() {}

  static void refuse(List<Fields> asked) throws ScenarioException {
    Set<String> behaviours = new LinkedHashSet<>();
    for (Fields fields : asked) {
      String behaviour = fields.word("behaviour", "");
      if (!BEHAVIOURS.contains(behaviour)) {
        throw new ScenarioException(
            "'"
                + fields.path()
                + ".behaviour' must be one of "
                + String.join(", ", BEHAVIOURS)
                + ", not '"
                + behaviour
                + "'");
      }
      fields.number("share", 0, 0, 1);
      fields.number("fromSeconds", 0, 0, DAY);
      fields.refuseOthers();
      behaviours.add(behaviour);
    }
    if (!behaviours.isEmpty()) {
      throw new ScenarioException(
          "adversaries are not simulated yet: " + String.join(", ", behaviours));
    }
  }
}
