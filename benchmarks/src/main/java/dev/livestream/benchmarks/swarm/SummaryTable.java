package dev.livestream.benchmarks.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The short table for people. */
final class SummaryTable {
  private final StringBuilder text = new StringBuilder();

  private SummaryTable() {}

  static String of(JsonNode report) {
    SummaryTable table = new SummaryTable();
    table.line(
        "scenario",
        "%s, seed %d, %s, %d viewers (%d measured)",
        report.path("scenario").asText(),
        report.path("seed").asLong(),
        report.path("strategy").asText(),
        report.path("viewers").asInt(),
        report.path("measured").asInt());
    JsonNode delivered = report.path("delivered");
    table.line(
        "delivered",
        "mean %.3f %%, worst 1 %% %.2f %%, least %.2f %%, stalled %.2f %%",
        100 * delivered.path("mean").asDouble(),
        100 * delivered.path("p1").asDouble(),
        100 * delivered.path("min").asDouble(),
        100 * report.path("stalledViewers").asDouble());
    table.line("delay", "%s ms (floor %s)", quantiles(report, "delayMs"), floor(report));
    table.line(
        "start-up",
        "%s ms, %d failed",
        quantiles(report, "startupMs"),
        report.path("startupMs").path("failed").asInt());
    table.line(
        "upload",
        "source %.2fx, viewers %.2fx, uplinks used %.0f %%",
        report.path("source").path("uploadRatio").asDouble(),
        report.path("viewerUploadRatio").asDouble(),
        100 * report.path("uplinkUtilisation").asDouble());
    JsonNode waste = report.path("waste");
    table.line(
        "waste",
        "duplicates %.2f %%, control %.2f %%, proofs %.2f %%, packet headers %.1f %%",
        100 * waste.path("duplicates").asDouble(),
        100 * waste.path("control").asDouble(),
        100 * waste.path("proofs").asDouble(),
        100 * waste.path("packetHeaders").asDouble());
    for (JsonNode uplink : report.path("byUplink")) {
      table.line(
          "  " + Math.round(uplink.path("bps").asDouble() / 1_000) + "k",
          "delivered %.3f %%, delay p99 %.0f ms, uploads %.2fx",
          100 * uplink.path("delivered").asDouble(),
          uplink.path("delayP99Ms").asDouble(),
          uplink.path("uploadRatio").asDouble());
    }
    for (JsonNode recovery : report.path("recovery")) {
      table.line(
          "event " + recovery.path("event").asInt(),
          "99 %% after %.1f s, all playing after %.1f s, next 5 s %.2f %%, then %.3f %%",
          recovery.path("secondsTo99").asDouble(),
          recovery.path("secondsToAllPlaying").asDouble(),
          100 * recovery.path("deliveredNext5s").asDouble(),
          100 * recovery.path("deliveredAfter").asDouble());
    }
    for (JsonNode arrival : report.path("arrivals")) {
      table.line(
          "arrival " + arrival.path("arrival").asInt(),
          "start-up p95 %.0f ms, %d failed, those before delivered %.3f %%",
          arrival.path("startupP95Ms").asDouble(),
          arrival.path("failed").asInt(),
          100 * arrival.path("residentsDelivered").asDouble());
    }
    table.trees(report.path("trees"));
    if (report.has("real")) {
      table.real(report);
      return table.text.toString();
    }
    table.line(
        "cost",
        "%.1f s for %.0f s simulated, %.1f million events, %d MiB",
        report.path("wallSeconds").asDouble(),
        report.path("simulatedSeconds").asDouble(),
        report.path("events").asLong() / 1e6,
        report.path("heapMb").asLong());
    return table.text.toString();
  }

  private void real(JsonNode report) {
    JsonNode real = report.path("real");
    JsonNode delay = report.path("delayMs");
    line(
        "real",
        "every byte at %d of %d; chunks p50 %d, p99 %d, p99.9 %d ms; %.3f bytes moved per byte",
        real.path("viewersWithEveryByte").asInt(),
        report.path("measured").asInt(),
        delay.path("chunkP50").asInt(),
        delay.path("chunkP99").asInt(),
        delay.path("chunkP999").asInt(),
        real.path("bytesMovedPerMediaByte").asDouble());
    JsonNode whole = real.path("wholeRun");
    line(
        "whole run",
        "chunks p50 %d, p99 %d, at most %d ms; source %.2fx; moved %.3f; %d pulled, %d twice",
        whole.path("chunkP50").asInt(),
        whole.path("chunkP99").asInt(),
        whole.path("chunkMax").asInt(),
        whole.path("sourceUploadRatio").asDouble(),
        whole.path("bytesMovedPerMediaByte").asDouble(),
        whole.path("pulled").asLong(),
        whole.path("duplicates").asLong());
    line(
        "cost",
        "per viewer %.4f cores, %.2f MiB of heap, %.2f MiB resident; %d threads, %d of them the"
            + " readers'; load %.1f",
        real.path("cpuSecondsPerViewerSecond").asDouble(),
        real.path("heapMbPerViewer").asDouble(),
        real.path("residentMbPerViewer").asDouble(),
        real.path("threads").asInt(),
        real.path("readerThreads").asInt(),
        real.path("loadAverage").asDouble());
  }

  private void trees(JsonNode trees) {
    int leastChildren = Integer.MAX_VALUE;
    int starved = 0;
    int depth = 0;
    int orphans = 0;
    int adrift = 0;
    for (JsonNode tree : trees.path("substreams")) {
      int children = tree.path("sourceChildren").asInt();
      leastChildren = Math.min(leastChildren, children);
      starved += children == 0 ? 1 : 0;
      depth = Math.max(depth, tree.path("depthMax").asInt());
      orphans += tree.path("orphans").asInt();
      adrift += tree.path("adrift").asInt();
    }
    if (!trees.path("substreams").isEmpty()) {
      line(
          "trees",
          "source serves %d or more in each, %d without its child; depth to %d; places without a"
              + " parent %d, without a way to the source %d; circles %d",
          leastChildren,
          starved,
          depth,
          orphans,
          adrift,
          trees.path("circles").asInt());
    }
  }

  private static String quantiles(JsonNode report, String name) {
    JsonNode node = report.path(name);
    return String.format(
        Locale.ROOT,
        "p50 %.0f, p95 %.0f, p99 %.0f",
        node.path("p50").asDouble(),
        node.path("p95").asDouble(),
        node.path("p99").asDouble());
  }

  private static String floor(JsonNode report) {
    JsonNode node = report.path("floorMs");
    return String.format(
        Locale.ROOT,
        "p50 %.0f, p99 %.0f",
        node.path("p50").asDouble(),
        node.path("p99").asDouble());
  }

  private void line(String label, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-10s ", label))
        .append(String.format(Locale.ROOT, format, values))
        .append('\n');
  }
}
