package dev.livestream.examples.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livestream.StreamStats;
import dev.livestream.SwarmView;
import dev.livestream.examples.cli.StatsJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The demo's figures as JSON: for the page, and for {@code --stats-json}. */
final class SwarmJson {
  private static final List<String> SUMS =
      List.of(
          "chunks",
          "missed",
          "dropped",
          "pulled",
          "duplicates",
          "bytesDelivered",
          "bytesUp",
          "bytesDown",
          "payloadUp",
          "payloadDown",
          "rejected",
          "bannedPeers",
          "malformed");

  private SwarmJson() {}

  /** Sums over all viewers (of delays and start-up times, the worst), and each peer's own. */
  static ObjectNode stats(Swarm swarm) {
    List<ObjectNode> viewers = new ArrayList<>();
    for (DemoViewer viewer : swarm.viewers()) {
      viewers.add(StatsJson.of(viewer.viewer().stats()));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("role", "demo");
    json.put("peers", viewers.size());
    for (String name : SUMS) {
      json.put(name, viewers.stream().mapToLong(viewer -> viewer.get(name).asLong()).sum());
    }
    ObjectNode delay = json.putObject("delayMs");
    for (String name : List.of("p50", "p99", "max")) {
      delay.put(name, worst(viewers, "/delayMs/" + name));
    }
    json.put("startupMs", worst(viewers, "/startupMs"));
    json.set("broadcaster", StatsJson.of(swarm.broadcaster().stats()));
    json.putArray("viewers").addAll(viewers);
    return json;
  }

  private static double worst(List<ObjectNode> viewers, String path) {
    return viewers.stream().mapToDouble(viewer -> viewer.at(path).asDouble()).max().orElse(0);
  }

  /** What the page draws: the peers, and who feeds whom. */
  static ObjectNode page(Swarm swarm) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("now", System.currentTimeMillis());
    json.put("begin", swarm.begin().toEpochMilli());
    json.put("sent", swarm.sent().bytes());
    StreamStats source = swarm.broadcaster().stats();
    json.set("broadcaster", peer(swarm.broadcaster().swarm(), source));
    ArrayNode viewers = json.putArray("viewers");
    ArrayNode links = json.putArray("links");
    for (DemoViewer viewer : swarm.viewers()) {
      SwarmView place = viewer.viewer().swarm();
      ObjectNode node = peer(place, viewer.viewer().stats());
      node.put("name", viewer.name());
      node.put("received", viewer.received().bytes());
      node.put("delayMs", viewer.delays().quantile(0.5));
      viewers.add(node);
      addLinks(place, links);
    }
    return json;
  }

  private static ObjectNode peer(SwarmView place, StreamStats stats) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", place.self());
    node.put("depth", place.substreams().stream().mapToInt(part -> part.depth()).max().orElse(-1));
    node.put("up", stats.bytesUp());
    node.put("down", stats.bytesDown());
    node.put("missed", stats.missed() + stats.dropped());
    node.put("rejected", stats.rejected());
    node.put("p50", StatsJson.millis(stats.delay().p50()));
    node.put("p99", StatsJson.millis(stats.delay().p99()));
    return node;
  }

  /**
   * One link for each peer that feeds this one, with the number of parts of the stream it feeds.
   */
  private static void addLinks(SwarmView place, ArrayNode links) {
    Map<String, Integer> parts = new TreeMap<>();
    for (SwarmView.Substream part : place.substreams()) {
      part.parent().ifPresent(parent -> parts.merge(parent, 1, Integer::sum));
    }
    parts.forEach(
        (parent, count) ->
            links.addObject().put("from", parent).put("to", place.self()).put("parts", count));
  }
}
