package dev.livestream.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livestream.StreamStats;
import java.time.Duration;
import java.util.Locale;

/** The figures of a stream as the JSON that scripts read. */
public final class StatsJson {
  private StatsJson() {}

  /** One peer's figures. */
  public static ObjectNode of(StreamStats stats) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("role", stats.role().name().toLowerCase(Locale.ROOT));
    json.put("peers", stats.peers());
    json.put("parents", stats.parents());
    json.put("children", stats.children());
    json.put("chunks", stats.chunks());
    json.put("missed", stats.missed());
    json.put("dropped", stats.dropped());
    json.put("pulled", stats.pulled());
    json.put("duplicates", stats.duplicates());
    json.put("bytesDelivered", stats.bytesDelivered());
    json.put("bytesUp", stats.bytesUp());
    json.put("bytesDown", stats.bytesDown());
    json.put("payloadUp", stats.payloadUp());
    json.put("payloadDown", stats.payloadDown());
    ObjectNode delay = json.putObject("delayMs");
    delay.put("p50", millis(stats.delay().p50()));
    delay.put("p99", millis(stats.delay().p99()));
    delay.put("max", millis(stats.delay().max()));
    stats
        .startup()
        .ifPresentOrElse(
            startup -> json.put("startupMs", millis(startup)), () -> json.putNull("startupMs"));
    json.put("rejected", stats.rejected());
    json.put("bannedPeers", stats.bannedPeers());
    json.put("malformed", stats.malformed());
    json.put("uplinkBps", stats.uplink().bitsPerSecond());
    json.put("uplinkQueueMs", millis(stats.uplinkQueue()));
    return json;
  }

  /** A duration in milliseconds, to the microsecond. */
  public static double millis(Duration duration) {
    return Math.round(duration.toNanos() / 1e3) / 1e3;
  }
}
