package dev.livestream.benchmarks.swarm;

/** The experiment tool. Not built yet: it says so and fails. */
public final class SwarmCommand {
  private SwarmCommand() {}

  /**
   * Says that there is nothing to run yet, and exits with 1.
   *
   * @param args ignored
   */
  public static void main(String[] args) {
    System.err.println("swarm: not built yet");
    System.exit(1);
  }
}
