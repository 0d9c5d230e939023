package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.floor.Floor;
import dev.livestream.benchmarks.swarm.measure.Histogram;
import dev.livestream.benchmarks.swarm.measure.PublishedStream;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.benchmarks.swarm.strategy.SimPeer;
import dev.livestream.transport.sim.ByteKind;
import dev.livestream.transport.sim.SimHost;
import dev.livestream.transport.sim.SimNetwork;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is counted while a run goes on, for everybody together. */
final class Bookkeeping {
  // What is there at its deadline is handed over when the play-out next looks.
  private static final long TOLERANCE = 25_000;

  /** One second of the time line. */
  static final class Second {
    int online;
    long sourceBytes;
    final Histogram delays = new Histogram();
  }

  private final Scenario scenario;
  private final long start;
  private final SimNetwork network;
  private final PublishedStream published;
  private final List<Second> seconds = new ArrayList<>();
  private final Map<Integer, Tally> tallies = new TreeMap<>();
  private final Map<ByteKind, Long> sentBefore = new EnumMap<>(ByteKind.class);
  private List<Floor.Node> populationBefore = List.of();
  private long sourceBytesBefore;
  private long sourceBytes;
  private long sourceBytesSampled;
  private int sourceHost;

  Bookkeeping(Scenario scenario, long start, SimNetwork network, PublishedStream published) {
    this.scenario = scenario;
    this.start = start;
    this.network = network;
    this.published = published;
    for (int i = 0; i <= (int) scenario.totalSeconds(); i++) {
      seconds.add(new Second());
    }
  }

  // ---- what viewers tell

  /** Where a viewer on a host tells what it gets. */
  Tally tally(SimHost host) {
    return tallies.computeIfAbsent(host.shard(), shard -> new Tally(this, host));
  }

  long measuredFrom() {
    return start + (long) (scenario.warmupSeconds() * 1e6);
  }

  long playoutDelayMicros() {
    return scenario.playoutDelayMs() * 1_000L + TOLERANCE;
  }

  PublishedStream published() {
    return published;
  }

  // ---- what the experiment tells

  void sourceStarted(SimPeer source) {
    sourceHost = source.host().id();
  }

  void beginMeasuring(
      List<Participant> everyone, List<SimPeer> sources, List<Participant> present) {
    for (ByteKind kind : ByteKind.values()) {
      sentBefore.put(kind, network.accounts().sent(kind));
    }
    for (Participant participant : everyone) {
      participant.record().measuringBegins(participant.peer().host().bytesSent());
    }
    sourceBytesBefore = bytesOf(sources);
    populationBefore = nodes(present);
  }

  /** A second of the run is over. */
  void sample(long nowMicros, int online, List<SimPeer> sources) {
    Second second = seconds.get(Math.max(0, secondOf(nowMicros) - 1));
    second.online = online;
    long bytes = bytesOf(sources);
    second.sourceBytes = bytes - sourceBytesSampled;
    sourceBytesSampled = bytes;
  }

  void finish(List<Participant> everyone, List<SimPeer> sources) {
    for (Participant participant : everyone) {
      participant.record().finish(participant.peer().host().bytesSent());
    }
    sourceBytes = bytesOf(sources) - sourceBytesBefore;
    for (int i = 0; i < seconds.size(); i++) {
      for (Tally tally : tallies.values()) {
        seconds.get(i).delays.add(tally.delays(i));
      }
    }
  }

  private static long bytesOf(List<SimPeer> sources) {
    long bytes = 0;
    for (SimPeer source : sources) {
      bytes += source.host().bytesSent();
    }
    return bytes;
  }

  static List<Floor.Node> nodes(List<Participant> present) {
    List<Floor.Node> nodes = new ArrayList<>();
    for (Participant participant : present) {
      SimPeer peer = participant.peer();
      nodes.add(new Floor.Node(peer.host().id(), peer.uplinkBytesPerSecond(), peer.leaf()));
    }
    return nodes;
  }

  // ---- what results are made of

  int secondOf(long micros) {
    return (int) Math.min(seconds.size() - 1, Math.max(0, (micros - start) / 1_000_000));
  }

  long startMicros() {
    return start;
  }

  long endMicros() {
    return start + (long) (scenario.totalSeconds() * 1e6);
  }

  List<Second> seconds() {
    return seconds;
  }

  long sourceBytes() {
    return sourceBytes;
  }

  long mediaDelivered() {
    return tallies.values().stream().mapToLong(Tally::mediaDelivered).sum();
  }

  long mediaDuplicated() {
    return tallies.values().stream().mapToLong(Tally::mediaDuplicated).sum();
  }

  /** Bytes of a kind that left uplinks in measured time. */
  long sent(ByteKind kind) {
    return network.accounts().sent(kind) - sentBefore.getOrDefault(kind, 0L);
  }

  /** Who was there when measuring began. */
  List<Floor.Node> populationBefore() {
    return populationBefore;
  }

  /** The clairvoyant planner's delays for a population, least first, in microseconds. */
  double[] floor(List<Floor.Node> population) {
    long frames = 0;
    for (int i = 0; i < published.size(); i++) {
      frames += network.wireBytes(published.chunk(i).frameBytes());
    }
    double chunkWire = (double) frames / Math.max(1, published.size());
    double mediaBytes = 0;
    for (int i = 0; i < published.size(); i++) {
      mediaBytes += published.chunk(i).payloadBytes();
    }
    double wirePerSecond = scenario.mediaBytesPerSecond() * frames / Math.max(1, mediaBytes);
    return Floor.delays(
        new Floor.Stream(scenario.stream().substreams(), chunkWire, wirePerSecond),
        network.latencies(),
        new Floor.Node(sourceHost, scenario.sourceUplink() / 8, false),
        population);
  }
}
