package dev.livestream.benchmarks.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a figure depends on besides its command. Names nobody. */
final class Machine {
  private static final double GIB = 1L << 30;

  private Machine() {}

  /** Such as {@code 2 cores, 24 GiB, JDK 17.0.15, Linux amd64}. */
  static String description() {
    String memory =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? Math.round(system.getTotalMemorySize() / GIB) + " GiB, "
            : "";
    return Runtime.getRuntime().availableProcessors()
        + " cores, "
        + memory
        + "JDK "
        + System.getProperty("java.version")
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch");
  }

  /** Which state of the sources; {@code unknown} outside a checkout. */
  static String commit(Path root) {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude", "*")
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  /** What is noted in a report. */
  static ObjectNode origin(String command, String commit) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("command", command)
        .put("commit", commit)
        .put("machine", description());
  }
}
