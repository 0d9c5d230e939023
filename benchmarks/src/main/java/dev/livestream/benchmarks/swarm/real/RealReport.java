package dev.livestream.benchmarks.swarm.real;

import static dev.livestream.benchmarks.swarm.Figures.part;
import static dev.livestream.benchmarks.swarm.Figures.round;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livestream.StreamStats;
import dev.livestream.SwarmView;
import dev.livestream.benchmarks.swarm.Figures;
import dev.livestream.benchmarks.swarm.measure.Histogram;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.spi.TransportStats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The report of a run in real time, in the form of a simulated one's.
 *
 * <p>What only a simulator knows is 0 or absent: the floor, bytes by kind, events. Delays are from
 * the call of {@code write} to the return of the read, so they hold the waking of two threads more
 * than the simulator's.
 */
public final class RealReport {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double MIB = 1024 * 1024;

  private final RealResults results;
  private final Scenario scenario;
  private final ObjectNode root = JSON.objectNode();
  private final int from;
  private final int to;
  private final Interval measured;
  private final Interval whole;

  private RealReport(RealResults results) {
    this.results = results;
    this.scenario = results.scenario;
    this.from = results.chunkAt(scenario.warmupSeconds());
    this.to = results.written.chunks();
    List<Sample> samples = results.samples;
    Sample last = samples.get(samples.size() - 1);
    int begin = (int) Math.min(samples.size() - 2, Math.ceil(scenario.warmupSeconds()));
    this.measured = new Interval(samples.get(begin), last);
    this.whole = new Interval(samples.get(0), last);
  }

  /** Makes the report. */
  public static ObjectNode of(RealResults results) {
    return new RealReport(results).build();
  }

  private ObjectNode build() {
    root.put("scenario", scenario.name());
    root.put("seed", scenario.seed());
    root.put("strategy", "hybrid");
    root.put("viewers", scenario.viewers());
    root.put("measured", results.viewers.size());
    delivered();
    delays();
    startup();
    uploads();
    waste();
    byUplink();
    timeline();
    root.putObject("security")
        .put("forgedPlayed", 0)
        .put("forgedForwarded", 0)
        .put("honestBanned", (long) whole.ofViewers(StreamStats::bannedPeers))
        .put("adversariesBanned", 0)
        .put("signatureChecks", 0);
    root.putArray("recovery");
    trees();
    real();
    root.put("realCrypto", true);
    root.put("simulatedSeconds", 0);
    root.put("events", 0);
    root.put("wallSeconds", round(whole.seconds(), 3));
    root.put("heapMb", Math.round(results.atEnd.heap() / MIB));
    return root;
  }

  private void delivered() {
    double[] delivered =
        results.viewers.stream()
            .mapToDouble(viewer -> results.delivered(viewer, from, to))
            .sorted()
            .toArray();
    root.putObject("delivered")
        .put("mean", part(Figures.mean(delivered)))
        .put("p1", part(Figures.percentile(delivered, 1)))
        .put("min", part(Figures.percentile(delivered, 0)));
    long stalled =
        results.viewers.stream().filter(viewer -> results.hasStalled(viewer, from, to)).count();
    root.put("stalledViewers", part((double) stalled / results.viewers.size()));
  }

  private void delays() {
    double[] delays = results.delaysP99(viewer -> true, from, to);
    ObjectNode node =
        root.putObject("delayMs")
            .put("p50", Figures.percentile(delays, 50))
            .put("p95", Figures.percentile(delays, 95))
            .put("p99", Figures.percentile(delays, 99))
            .put("max", Figures.percentile(delays, 100));
    chunkDelays(node, results.delays(from, to));
    root.putObject("floorMs").put("p50", 0).put("p99", 0).put("max", 0);
  }

  private static void chunkDelays(ObjectNode node, Histogram delays) {
    node.put("chunkP50", delays.percentile(50))
        .put("chunkP99", delays.percentile(99))
        .put("chunkP999", delays.percentile(99.9))
        .put("chunkMax", delays.greatest());
  }

  /** Only of those who came to a running broadcast: the others wait for it to begin. */
  private void startup() {
    double[] startups =
        results.viewers.stream()
            .filter(viewer -> !viewer.choices().resident() && viewer.first() >= 0)
            .mapToDouble(RealViewer::startupMillis)
            .sorted()
            .toArray();
    root.putObject("startupMs")
        .put("p50", round(Figures.percentile(startups, 50), 1))
        .put("p95", round(Figures.percentile(startups, 95), 1))
        .put("p99", round(Figures.percentile(startups, 99), 1))
        .put("failed", results.viewers.stream().filter(viewer -> viewer.first() < 0).count());
  }

  private void uploads() {
    root.putObject("source").put("uploadRatio", part(measured.sourceUploadRatio()));
    double sent = measured.ofTraffic(Sample::sent);
    root.put("viewerUploadRatio", part(sent / measured.mediaDue()));
    double capacity =
        results.viewers.stream()
            .mapToDouble(viewer -> viewer.choices().uplink().bytesPerSecond())
            .sum();
    root.put("uplinkUtilisation", capacity == 0 ? 0 : part(sent / (capacity * measured.seconds())));
  }

  /** What cannot be told apart from outside is 0, and its sum stands beside it. */
  private void waste() {
    double media = Math.max(1, measured.ofViewers(StreamStats::payloadDown));
    double frames = measured.ofViewers(StreamStats::bytesDown);
    root.putObject("waste")
        .put("duplicates", part(duplicates(measured)))
        .put("control", 0)
        .put("proofs", 0)
        .put("packetHeaders", 0)
        .put("headersProofsAndControl", part((frames - media) / media))
        .put("packets", part((measured.ofTraffic(Sample::received) - frames) / media));
  }

  private static double duplicates(Interval interval) {
    return interval.ofViewers(StreamStats::duplicates)
        / Math.max(1, interval.ofViewers(StreamStats::chunks));
  }

  private void byUplink() {
    ArrayNode list = root.putArray("byUplink");
    for (int i = 0; i < scenario.uplinks().size(); i++) {
      int uplink = i;
      double[] delivered =
          results.viewers.stream()
              .filter(viewer -> viewer.choices().uplinkClass() == uplink)
              .mapToDouble(viewer -> results.delivered(viewer, from, to))
              .toArray();
      double sent = 0;
      for (int v = 0; v < results.viewers.size(); v++) {
        if (results.viewers.get(v).choices().uplinkClass() == uplink
            && v < measured.to().viewerTraffic().size()) {
          sent += measured.ofViewer(v, Sample::sent);
        }
      }
      double[] delays =
          results.delaysP99(viewer -> viewer.choices().uplinkClass() == uplink, from, to);
      list.addObject()
          .put("bps", scenario.uplinks().get(i).bps())
          .put("delivered", part(Figures.mean(delivered)))
          .put("delayP99Ms", Figures.percentile(delays, 99))
          .put("uploadRatio", part(sent / (Math.max(1, delivered.length) * measured.mediaBytes())));
    }
  }

  private void timeline() {
    ArrayNode list = root.putArray("timeline");
    for (int t = 0; t + 1 < results.samples.size(); t++) {
      Interval second = new Interval(results.samples.get(t), results.samples.get(t + 1));
      int begin = results.chunkAt(t);
      int end = results.chunkAt(t + 1);
      Histogram delays = results.delays(begin, end);
      ProcessMeter.Cost before = second.from().cost();
      ProcessMeter.Cost after = second.to().cost();
      list.addObject()
          .put("t", t)
          .put("lasted", round(second.seconds(), 2))
          .put("online", second.to().viewers().size())
          .put("delivered", part(results.deliveredByAll(begin, end)))
          .put("delayP50Ms", delays.percentile(50))
          .put("delayP99Ms", delays.percentile(99))
          .put("delayMaxMs", delays.greatest())
          .put("sourceUploadRatio", part(second.sourceUploadRatio()))
          .put("bytesMovedPerMediaByte", part(moved(second)))
          .put("duplicates", part(duplicates(second)))
          .put("pulled", (long) second.ofViewers(StreamStats::pulled))
          .put("missed", (long) second.ofViewers(StreamStats::missed))
          .put("cpuSeconds", round((after.cpuNanos() - before.cpuNanos()) / 1e9, 3))
          .put("loopCpuSeconds", round((after.loopNanos() - before.loopNanos()) / 1e9, 3))
          .put("loopWaitMs", (after.loopWaitNanos() - before.loopWaitNanos()) / 1_000_000)
          .put("gcMs", after.gcMillis() - before.gcMillis())
          .put("compileMs", after.compileMillis() - before.compileMillis());
    }
  }

  private static double moved(Interval interval) {
    return interval.ofTraffic(Sample::received) / interval.mediaDue();
  }

  /** The trees as they stand at the end. */
  private void trees() {
    ArrayNode list = root.putObject("trees").put("circles", 0).putArray("substreams");
    List<SwarmView.Substream> source = results.atEnd.source().substreams();
    for (int i = 0; i < source.size(); i++) {
      int orphans = 0;
      int deepest = 0;
      double sum = 0;
      for (SwarmView viewer : results.atEnd.swarm()) {
        SwarmView.Substream place = viewer.substreams().get(i);
        orphans += place.parent().isEmpty() ? 1 : 0;
        deepest = Math.max(deepest, place.depth());
        sum += place.depth();
      }
      list.addObject()
          .put("sourceChildren", source.get(i).children().size())
          .put("depthMean", round(sum / results.atEnd.swarm().size(), 2))
          .put("depthMax", deepest)
          .put("orphans", orphans);
    }
  }

  private void real() {
    ObjectNode real = root.putObject("real");
    real.put("viewersWithEveryByte", results.complete);
    real.put("mediaBytes", results.written.bytes());
    real.put("bytesMovedPerMediaByte", part(moved(measured)));
    real.put(
        "udpBytesPerMediaByte",
        part(measured.ofTraffic(TransportStats::bytesReceived) / measured.mediaDue()));
    udp(real);
    cost(real);
    ObjectNode all = real.putObject("wholeRun");
    chunkDelays(all, results.delays(0, to));
    all.put("sourceUploadRatio", part(whole.sourceUploadRatio()));
    all.put("bytesMovedPerMediaByte", part(moved(whole)));
    all.put("pulled", (long) whole.ofViewers(StreamStats::pulled));
    all.put("duplicates", (long) whole.ofViewers(StreamStats::duplicates));
    all.put("missed", (long) whole.ofViewers(StreamStats::missed));
    double[] joins =
        results.viewers.stream().mapToDouble(RealViewer::joinMillis).sorted().toArray();
    real.putObject("joinMs")
        .put("p50", round(Figures.percentile(joins, 50), 1))
        .put("max", round(Figures.percentile(joins, 100), 1));
    troubles(real);
  }

  private void udp(ObjectNode real) {
    real.put("udpBytesSent", (long) measured.ofTraffic(TransportStats::bytesSent));
    real.put("udpBytesReceived", (long) measured.ofTraffic(TransportStats::bytesReceived));
    real.put("udpDatagramsSent", (long) measured.ofTraffic(TransportStats::datagramsSent));
    real.put("udpDatagramsReceived", (long) measured.ofTraffic(TransportStats::datagramsReceived));
    real.put("udpBytesSentBySource", bySource(TransportStats::bytesSent));
    real.put("udpDatagramsSentBySource", bySource(TransportStats::datagramsSent));
  }

  private long bySource(ToLongFunction<TransportStats> counter) {
    return counter.applyAsLong(measured.to().sourceTraffic())
        - counter.applyAsLong(measured.from().sourceTraffic());
  }

  private void cost(ObjectNode real) {
    ProcessMeter.Cost before = measured.from().cost();
    ProcessMeter.Cost after = measured.to().cost();
    double viewerSeconds = measured.viewerSeconds();
    RealResults.AtEnd machine = results.atEnd;
    int viewers = results.viewers.size();
    real.put("cpuSecondsPerViewerSecond", cpu(after.cpuNanos() - before.cpuNanos()));
    real.put("loopCpuSecondsPerViewerSecond", cpu(after.loopNanos() - before.loopNanos()));
    real.put("readerCpuSecondsPerViewerSecond", cpu(after.readerNanos() - before.readerNanos()));
    real.put(
        "loopWaitSecondsPerSecond",
        round((after.loopWaitNanos() - before.loopWaitNanos()) / 1e9 / measured.seconds(), 4));
    real.put("viewerSeconds", round(viewerSeconds, 1));
    real.put("heapMbPerViewer", round((machine.heap() - machine.heapBefore()) / MIB / viewers, 3));
    real.put(
        "residentMbPerViewer",
        round((machine.resident() - machine.residentBefore()) / MIB / viewers, 3));
    real.put("residentMb", Math.round(machine.resident() / MIB));
    real.put("threads", machine.threads());
    real.put("readerThreads", viewers);
    real.put("loopThreads", machine.loops());
    real.put("loadAverage", round(machine.load(), 2));
  }

  private double cpu(long nanos) {
    return part(nanos / 1e9 / measured.viewerSeconds());
  }

  private void troubles(ObjectNode real) {
    ArrayNode list = real.putArray("incomplete");
    Map<String, Integer> failures = new HashMap<>();
    for (RealViewer viewer : results.viewers) {
      String failure = viewer.failure();
      if (failure != null) {
        failures.merge(failure, 1, Integer::sum);
      }
      if (viewer.gapChunks() > 0 || viewer.bytes() < results.written.bytes()) {
        list.addObject()
            .put("cameAt", round(results.cameAt(viewer), 3))
            .put("firstChunk", viewer.first())
            .put("bytes", viewer.bytes())
            .put("gapChunks", viewer.gapChunks());
      }
    }
    ObjectNode failed = real.putObject("failures");
    failures.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> failed.put(each.getKey(), each.getValue()));
  }
}
