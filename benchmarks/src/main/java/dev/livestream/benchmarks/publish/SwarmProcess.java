package dev.livestream.benchmarks.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the swarm tool as its own process, by the very command that is published beside the figures.
 * A new JVM each time: what a run costs in time and memory does not depend on those before it.
 */
final class SwarmProcess implements Campaign.Runner {
  private final Path root;
  private final long mostMinutes;

  /** In this checkout; a run that takes longer is ended. */
  SwarmProcess(Path root, long mostMinutes) {
    this.root = root;
    this.mostMinutes = mostMinutes;
  }

  @Override
  public boolean run(Run run, Path report, Path log) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(run.command());
    command.set(0, root.resolve(command.get(0)).toString());
    command.addAll(List.of("--json", report.toAbsolutePath().toString(), "--quiet"));
    Process process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    // A campaign that is stopped leaves nothing behind that goes on.
    Thread end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
    try {
      return process.waitFor(mostMinutes, TimeUnit.MINUTES) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
      try {
        Runtime.getRuntime().removeShutdownHook(end);
      } catch (IllegalStateException e) {
        // The JVM is ending already, and the hook does its work.
      }
    }
  }
}
