package dev.livestream.benchmarks.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Reports as the swarm tool writes them, with made-up figures, for tests alone. */
final class SampleReports {
  private SampleReports() {}

  static ObjectNode json(String name, String strategy, long seed, int viewers) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("scenario", name).put("seed", seed).put("strategy", strategy).put("viewers", viewers);
    root.putObject("delivered").put("mean", 0.9996).put("p1", 0.996).put("min", 0.9);
    root.putObject("delayMs").put("p50", 400).put("p99", 550).put("chunkP50", 210);
    root.putObject("floorMs").put("p50", 200).put("p99", 367);
    root.putObject("startupMs").put("p50", 300).put("p95", 800).put("failed", 0);
    root.putObject("source").put("uploadRatio", 2.7);
    root.putObject("waste").put("duplicates", 0.01).put("control", 0.012).put("proofs", 0.03);
    root.put("simulatedSeconds", 80).put("wallSeconds", 12.5).put("heapMb", 300);
    root.putArray("byUplink")
        .add(JsonNodeFactory.instance.objectNode().put("bps", 625_000).put("delivered", 0.998))
        .add(JsonNodeFactory.instance.objectNode().put("bps", 10_000_000).put("delivered", 1));
    root.putArray("recovery").addObject().put("secondsToAllPlaying", -1);
    for (int t = 0; t < 60; t++) {
      root.withArray("timeline")
          .addObject()
          .put("t", t)
          .put("online", viewers)
          .put("delivered", t < 55 ? 0.99 : 0)
          .put("delayP99Ms", t < 55 ? 500 : 0);
    }
    return root;
  }

  static Report of(String name, long seed) throws PublishException {
    return new Report(name + seed + ".json", json(name, "hybrid", seed, 1_000));
  }

  /** One for each value of a figure such as delivered.mean; seeds count from 1. */
  static Reports with(String name, String field, String figure, double... values)
      throws PublishException {
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      ObjectNode json = json(name, "hybrid", i + 1, 1_000);
      json.withObject("/" + field).put(figure, values[i]);
      reports.add(new Report(name + i, json));
    }
    return new Reports(reports);
  }
}
