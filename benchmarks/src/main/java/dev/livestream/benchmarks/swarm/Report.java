package dev.livestream.benchmarks.swarm;

import static dev.livestream.benchmarks.swarm.Figures.part;
import static dev.livestream.benchmarks.swarm.Figures.round;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livestream.benchmarks.swarm.floor.Floor;
import dev.livestream.benchmarks.swarm.measure.PublishedStream;
import dev.livestream.benchmarks.swarm.measure.ViewerRecord;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.benchmarks.swarm.strategy.Strategy;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.transport.sim.ByteKind;
import java.util.Arrays;
import java.util.List;

/** Results as JSON, in the form that scripts rely on. */
final class Report {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Results results;
  private final Scenario scenario;
  private final ObjectNode root = JSON.objectNode();

  private Report(Results results) {
    this.results = results;
    this.scenario = results.scenario;
  }

  static ObjectNode of(Results results) {
    return new Report(results).build();
  }

  private ObjectNode build() {
    root.put("scenario", scenario.name());
    root.put("seed", scenario.seed());
    root.put("strategy", results.strategy.name());
    root.put("viewers", scenario.viewers());
    root.put("measured", results.measured.size());
    delivered();
    delays();
    startup();
    uploads();
    waste();
    byUplink();
    timeline();
    security();
    recovery();
    arrivals();
    trees();
    root.put("realCrypto", scenario.realCrypto());
    root.put("simulatedSeconds", round(scenario.totalSeconds(), 3));
    root.put("events", results.events);
    root.put("wallSeconds", round(results.wallSeconds, 3));
    Runtime runtime = Runtime.getRuntime();
    root.put("heapMb", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    return root;
  }

  private void delivered() {
    double[] delivered = results.delivered();
    root.putObject("delivered")
        .put("mean", part(Figures.mean(delivered)))
        .put("p1", part(Figures.percentile(delivered, 1)))
        .put("min", part(Figures.percentile(delivered, 0)))
        .put("keyFrames", part(results.deliveredOf(ChunkPriority.KEY_FRAME)))
        .put("audio", part(results.deliveredOf(ChunkPriority.AUDIO)));
    root.put("stalledViewers", part(results.stalledShare()));
  }

  private void delays() {
    double[] delays = results.delays(record -> true);
    root.putObject("delayMs")
        .put("p50", Figures.percentile(delays, 50))
        .put("p95", Figures.percentile(delays, 95))
        .put("p99", Figures.percentile(delays, 99))
        .put("max", Figures.percentile(delays, 100))
        .put("chunkP50", results.allDelays().percentile(50))
        .put("chunkP99", results.allDelays().percentile(99));
    List<Floor.Node> atEnd = Bookkeeping.nodes(results.presentAtEnd);
    List<Floor.Node> before = results.books.populationBefore();
    double[] floor = results.books.floor(atEnd.size() >= before.size() ? atEnd : before);
    root.putObject("floorMs")
        .put("p50", round(Figures.percentile(floor, 50) / 1_000, 1))
        .put("p99", round(Figures.percentile(floor, 99) / 1_000, 1))
        .put("max", round(Figures.percentile(floor, 100) / 1_000, 1));
  }

  private void startup() {
    List<ViewerRecord> newcomers = results.newcomers();
    double[] startups = Results.startups(newcomers);
    root.putObject("startupMs")
        .put("p50", round(Figures.percentile(startups, 50), 1))
        .put("p95", round(Figures.percentile(startups, 95), 1))
        .put("p99", round(Figures.percentile(startups, 99), 1))
        .put("failed", results.failedStarts(newcomers));
  }

  private void uploads() {
    root.putObject("source").put("uploadRatio", part(results.sourceUploadRatio()));
    root.put("viewerUploadRatio", part(results.uploadRatio(record -> true)));
    root.put("uplinkUtilisation", part(results.uplinkUtilisation()));
  }

  private void waste() {
    double media = Math.max(1, results.books.mediaDelivered());
    root.putObject("waste")
        .put("duplicates", part(results.books.mediaDuplicated() / media))
        .put("control", part(results.books.sent(ByteKind.CONTROL) / media))
        .put("proofs", part(results.books.sent(ByteKind.PROOF) / media))
        .put("packetHeaders", part(results.books.sent(ByteKind.PACKET_HEADER) / media))
        .put("chunkHeaders", part(results.books.sent(ByteKind.CHUNK_HEADER) / media))
        .put("retransmissions", part(results.books.sent(ByteKind.RETRANSMISSION) / media));
  }

  private void byUplink() {
    ArrayNode list = root.putArray("byUplink");
    for (int i = 0; i < scenario.uplinks().size(); i++) {
      int uplink = i;
      double[] delivered =
          results.measured.stream()
              .filter(viewer -> viewer.record().uplinkClass() == uplink)
              .mapToDouble(Results.Measured::delivered)
              .sorted()
              .toArray();
      double[] delays = results.delays(record -> record.uplinkClass() == uplink);
      list.addObject()
          .put("bps", scenario.uplinks().get(i).bps())
          .put("delivered", part(Figures.mean(delivered)))
          .put("delayP99Ms", Figures.percentile(delays, 99))
          .put("uploadRatio", part(results.uploadRatio(record -> record.uplinkClass() == uplink)));
    }
  }

  private void timeline() {
    PublishedStream published = results.published();
    long[] due = new long[published.size() + 1];
    for (Participant participant : results.everyone) {
      ViewerRecord record = participant.record();
      int to = results.dueBy(Math.min(record.goneMicros(), results.books.endMicros()));
      if (record.started() && to > record.first()) {
        due[record.first()]++;
        due[to]--;
      }
    }
    for (int i = 1; i < due.length; i++) {
      due[i] += due[i - 1];
    }
    ArrayNode list = root.putArray("timeline");
    List<Bookkeeping.Second> seconds = results.books.seconds();
    for (int t = 0; t < (int) scenario.totalSeconds(); t++) {
      long begin = results.books.startMicros() + t * 1_000_000L;
      int from = published.firstSince(begin);
      int to = published.firstSince(begin + 1_000_000);
      long expected = Arrays.stream(due, from, to).sum();
      Bookkeeping.Second second = seconds.get(t);
      list.addObject()
          .put("t", t)
          .put("online", second.online)
          .put("delivered", expected == 0 ? 0 : part((double) inTime(from, to) / expected))
          .put("delayP99Ms", second.delays.percentile(99))
          .put("sourceUploadRatio", part(second.sourceBytes / scenario.mediaBytesPerSecond()));
    }
  }

  private long inTime(int from, int to) {
    long count = 0;
    for (Participant participant : results.everyone) {
      ViewerRecord record = participant.record();
      if (record.started()) {
        int end = results.dueBy(Math.min(record.goneMicros(), results.books.endMicros()));
        count += record.countInTime(Math.max(from, record.first()), Math.min(to, end));
      }
    }
    return count;
  }

  private void security() {
    Strategy.SecurityCounts counts = results.strategy.security();
    // A forged chunk that is played ends the run; none is made without adversaries.
    root.putObject("security")
        .put("forgedPlayed", 0)
        .put("forgedForwarded", 0)
        .put("honestBanned", counts.honestBanned())
        .put("adversariesBanned", counts.adversariesBanned())
        .put("signatureChecks", results.strategy.signatureChecks());
  }

  private void recovery() {
    ArrayNode list = root.putArray("recovery");
    for (int i = 0; i < scenario.events().size(); i++) {
      Scenario.Event event = scenario.events().get(i);
      Recovery recovery = new Recovery(results, event);
      ObjectNode entry =
          list.addObject()
              .put("event", i)
              .put("secondsTo99", round(recovery.secondsTo99(), 3))
              .put("deliveredNext5s", part(recovery.deliveredNext5s()))
              .put("deliveredAfter", part(recovery.deliveredAfter()))
              .put("secondsToAllPlaying", round(recovery.secondsToAllPlaying(), 3));
      if (event.kind() == Scenario.EventKind.PARTITION) {
        long from = results.books.startMicros() + (long) (event.atSeconds() * 1e6);
        entry.put(
            "sourceSideDelivered",
            part(results.deliveredBetween(from, Long.MAX_VALUE, r -> !r.wasPartitioned())));
      }
    }
  }

  private void trees() {
    ObjectNode trees = root.putObject("trees");
    trees.put("circles", results.circles);
    ArrayNode list = trees.putArray("substreams");
    for (TreeSurvey.Tree tree : results.survey.trees()) {
      list.addObject()
          .put("sourceChildren", tree.sourceChildren)
          .put("depthMean", round(tree.meanDepth(), 2))
          .put("depthMax", tree.maxDepth)
          .put("orphans", tree.orphans)
          .put("adrift", tree.adrift);
    }
  }

  private void arrivals() {
    ArrayNode list = root.putArray("arrivals");
    for (int i = 0; i < scenario.arrivals().size(); i++) {
      Scenario.Arrival arrival = scenario.arrivals().get(i);
      long from = results.books.startMicros() + (long) (arrival.atSeconds() * 1e6);
      long to = from + (long) (arrival.overSeconds() * 1e6);
      List<ViewerRecord> crowd =
          results.everyone.stream()
              .map(Participant::record)
              .filter(record -> record.joinedMicros() >= from && record.joinedMicros() <= to)
              .toList();
      double[] startups = Results.startups(crowd);
      list.addObject()
          .put("arrival", i)
          .put("startupP50Ms", round(Figures.percentile(startups, 50), 1))
          .put("startupP95Ms", round(Figures.percentile(startups, 95), 1))
          .put("failed", results.failedStarts(crowd))
          .put(
              "residentsDelivered",
              part(
                  results.deliveredBetween(
                      from, Long.MAX_VALUE, record -> record.joinedMicros() < from)));
    }
  }
}
