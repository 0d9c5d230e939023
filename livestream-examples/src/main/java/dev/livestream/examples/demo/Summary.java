package dev.livestream.examples.demo;

import dev.livestream.StreamStats;
import java.time.Duration;
import java.util.Locale;

/** The table that the demo ends with. */
final class Summary {
  private Summary() {}

  static String of(Swarm swarm) {
    StringBuilder text = new StringBuilder();
    text.append(
        row("", "bytes", "missed", "rejected", "p50 ms", "p99 ms", "start ms", "every byte"));
    for (DemoViewer viewer : swarm.viewers()) {
      StreamStats stats = viewer.viewer().stats();
      String startup = stats.startup().map(Duration::toMillis).map(String::valueOf).orElse("-");
      boolean complete = viewer.received().sameAs(swarm.sent());
      text.append(
          row(
              viewer.name(),
              viewer.received().bytes(),
              stats.missed() + stats.dropped(),
              stats.rejected(),
              viewer.delays().quantile(0.5),
              viewer.delays().quantile(0.99),
              startup,
              complete ? "yes" : "NO"));
    }
    long sent = swarm.sent().bytes();
    long uploaded = swarm.broadcaster().stats().bytesUp();
    long received = swarm.viewers().stream().mapToLong(v -> v.received().bytes()).sum();
    text.append(
        String.format(
            Locale.ROOT,
            "The broadcaster made %,d bytes and uploaded %,d (%.2f times as much);"
                + " its viewers received %,d (%.2f times as much).%n",
            sent,
            uploaded,
            (double) uploaded / sent,
            received,
            (double) received / sent));
    return text.toString();
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-12s %12s %8s %9s %9s %9s %9s  %s%n", cells);
  }
}
