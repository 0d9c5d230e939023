package dev.livestream.benchmarks.swarm.scenario;

/** A scenario that cannot be run; the message names the field. */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1;

  /** With one sentence that names the field and what is wrong with it. */
  public ScenarioException(String message) {
    super(message);
  }
}
