package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.measure.PublishedStream;
import dev.livestream.benchmarks.swarm.measure.ViewerRecord;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.benchmarks.swarm.strategy.PeerLogic;
import dev.livestream.benchmarks.swarm.strategy.Reader;
import dev.livestream.benchmarks.swarm.strategy.SimPeer;
import dev.livestream.benchmarks.swarm.strategy.Strategy;
import dev.livestream.benchmarks.swarm.strategy.World;
import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.PeerId;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.PeerAddress;
import dev.livestream.transport.sim.ShardedTime;
import dev.livestream.transport.sim.SimEndpoint;
import dev.livestream.transport.sim.SimEvent;
import dev.livestream.transport.sim.SimHost;
import dev.livestream.transport.sim.SimNetwork;
import dev.livestream.transport.sim.SimNetworkConfig;
import dev.livestream.transport.sim.VirtualTime;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.PeerRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run: makes the network and its peers, lets the broadcaster write and viewers come and go, and
 * keeps the books. The same scenario, seed and strategy give the same run.
 */
final class Experiment implements World {
  private static final long START = 1_767_225_600_000_000L;
  private static final int INTRODUCED = 8;
  private static final int PORT = 4_433;

  private final Scenario scenario;
  private final ShardedTime clock;
  private final VirtualTime time;
  private final SimNetwork network;
  private final Strategy strategy;
  private final Population population;
  private final Random random;
  private final ChannelKey channelKey;
  private final PublishedStream published = new PublishedStream();
  private final Bookkeeping books;
  private final Roster roster = new Roster();
  private final Map<PeerId, SimPeer> byId = new HashMap<>();
  private final Map<Integer, Participant> viewers = new HashMap<>();
  private final List<Participant> everyone = new ArrayList<>();
  private final List<SimPeer> sources = new ArrayList<>();
  private final LoopCheck loops;

  private @Nullable SimPeer source;
  private @Nullable PeerLogic sourceLogic;
  private @Nullable MediaSource media;
  private int peers;

  /** A run on so many threads, which change nothing but the time that it takes. */
  Experiment(Scenario scenario, String strategyName, boolean keepGoing, int threads) {
    this.scenario = scenario;
    this.clock = new ShardedTime(START, threads);
    this.time = clock.world();
    Scenario.Delay delay = scenario.oneWayDelayMs();
    this.network =
        new SimNetwork(
            SimNetworkConfig.DEFAULT
                .withSeed(scenario.seed())
                .withDelay(
                    Math.round(delay.mean() * 1_000),
                    Math.round(delay.min() * 1_000),
                    delay.jitter())
                .withLoss(scenario.loss().rate(), scenario.loss().burst())
                .withPackets(scenario.mtu(), scenario.headerBytes()),
            clock);
    this.random = new Random(scenario.seed() * 31 + 7);
    this.population = new Population(scenario, scenario.seed() * 31 + 11);
    this.channelKey = ChannelKey.fromSeed(seedBytes(-1));
    this.books = new Bookkeeping(scenario, START, network, published);
    this.strategy = Strategy.named(strategyName, this);
    this.loops = new LoopCheck(scenario.stream().substreams(), keepGoing);
  }

  /** Runs it to the end and checks the books. */
  Results run(Progress progress) {
    long began = System.nanoTime();
    startSource();
    double joinSeconds = Math.min(10, scenario.warmupSeconds() / 2);
    arrive(scenario.viewers(), 0, joinSeconds);
    for (Scenario.Arrival arrival : scenario.arrivals()) {
      arrive(arrival.count(), arrival.atSeconds(), arrival.overSeconds());
    }
    for (Scenario.Event event : scenario.events()) {
      scheduleEvent(event);
    }
    for (int second = 1; second <= (int) scenario.totalSeconds(); second++) {
      at(START + second * 1_000_000L, () -> everySecond(progress));
    }
    at(books.measuredFrom(), () -> books.beginMeasuring(everyone, sources, population()));
    try (clock) {
      clock.runUntil(books.endMicros());
    }
    network.verifyConservation();
    books.finish(everyone, sources);
    double wallSeconds = (System.nanoTime() - began) / 1e9;
    TreeSurvey survey = TreeSurvey.of(scenario.stream().substreams(), population());
    return new Results(
        scenario,
        strategy,
        books,
        everyone,
        population(),
        survey,
        loops.circles(),
        clock.events(),
        wallSeconds);
  }

  private List<Participant> population() {
    List<Participant> present = new ArrayList<>();
    for (Participant participant : everyone) {
      if (roster.contains(participant.peer())) {
        present.add(participant);
      }
    }
    return present;
  }

  private void everySecond(Progress progress) {
    books.sample(time.nowMicros(), roster.size() - (source == null ? 0 : 1), sources);
    double seconds = (time.nowMicros() - START) / 1e6;
    progress.second(seconds, scenario.totalSeconds(), roster.size(), clock.events());
    // Every second for small swarms; large ones are looked at less often, to save time.
    if (viewers.size() <= 2_000 || Math.rint(seconds) % 2 == 0) {
      loops.look(time.nowMicros(), population());
    }
  }

  // ---- the broadcaster

  private void startSource() {
    double uplink = scenario.sourceUplink() / 8;
    // A broadcaster with a wide uplink has no narrower downlink.
    SimHost host = network.addHost(uplink, Math.max(uplink, scenario.downlink() / 8));
    SimPeer peer = makePeer(host, uplink, false, NO_READER, true);
    source = peer;
    sources.add(peer);
    books.sourceStarted(peer);
    media = new MediaSource(scenario, channelKey, scenario.seed(), time.nowMicros());
    PeerLogic logic = strategy.source(peer);
    sourceLogic = logic;
    List<SimPeer> known = sample(peer);
    roster.add(peer);
    logic.join(known);
    new FrameClock(media, logic).start();
  }

  private void stopSource() {
    if (source != null && sourceLogic != null) {
      source.host().crash();
      sourceLogic.stop();
      roster.remove(source);
      source = null;
      sourceLogic = null;
    }
  }

  /** Writes frame after frame, for as long as its broadcaster is there. */
  private final class FrameClock extends SimEvent {
    private final MediaSource own;
    private final PeerLogic logic;
    private final long began = time.nowMicros();
    private long frames;

    FrameClock(MediaSource own, PeerLogic logic) {
      this.own = own;
      this.logic = logic;
    }

    void start() {
      time.schedule(began, this);
    }

    @Override
    protected void run() {
      if (sourceLogic != logic) {
        return;
      }
      List<Chunk> frame = own.nextFrame(time.nowMicros());
      frame.forEach(published::add);
      logic.publish(frame);
      frames++;
      time.schedule(began + (long) (frames * MediaSource.microsPerFrame(scenario)), this);
    }
  }

  // ---- viewers

  private void arrive(int count, double atSeconds, double overSeconds) {
    for (int i = 0; i < count; i++) {
      double seconds = atSeconds + overSeconds * (i + random.nextDouble()) / count;
      at(START + (long) (seconds * 1e6), this::addViewer);
    }
  }

  private void addViewer() {
    int uplinkClass = population.nextUplink();
    boolean leaf = population.nextLeaf();
    double uplink = scenario.uplinks().get(uplinkClass).bps() / 8;
    SimHost host = network.addHost(uplink, scenario.downlink() / 8);
    ViewerRecord record = new ViewerRecord(books.tally(host), peers, uplinkClass, leaf);
    SimPeer peer = makePeer(host, uplink, leaf, record, false);
    PeerLogic logic = strategy.viewer(peer);
    Participant participant = new Participant(peer, logic, record);
    viewers.put(peer.number(), participant);
    everyone.add(participant);
    List<SimPeer> known = introduce(peer);
    roster.add(peer);
    logic.join(known);
    long stay = population.nextStayMicros();
    if (stay < books.endMicros() - time.nowMicros()) {
      at(time.nowMicros() + stay, () -> depart(participant));
    }
  }

  private void depart(Participant participant) {
    if (roster.contains(participant.peer())) {
      if (population.nextCrashes()) {
        crash(participant);
      } else {
        participant.logic().leave();
        remove(participant);
      }
      addViewer();
    }
  }

  private void crash(Participant participant) {
    participant.peer().host().crash();
    participant.logic().stop();
    remove(participant);
  }

  private void remove(Participant participant) {
    participant.record().gone(participant.peer().host().bytesSent());
    roster.remove(participant.peer());
    viewers.remove(participant.peer().number());
  }

  private SimPeer makePeer(
      SimHost host, double uplink, boolean leaf, Reader reader, boolean isSource) {
    int number = peers++;
    PeerIdentity identity = PeerIdentity.fromSeed(seedBytes(number));
    String ip = "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    // A broadcaster that comes back has its old address and a new identity.
    PeerAddress address = isSource ? new PeerAddress("10.0.0.0", PORT) : new PeerAddress(ip, PORT);
    PeerRecord record =
        PeerRecord.sign(identity, List.of(address), time.nowMicros() / 1_000_000, leaf);
    SimPeer peer =
        new SimPeer(
            number, identity, record, address, host, uplink, leaf, isSource, reader, this::open);
    byId.put(identity.id(), peer);
    return peer;
  }

  private SimEndpoint open(SimPeer peer, SimEndpoint.Acceptor acceptor) {
    return network.bind(peer.host(), peer.address(), peer, acceptor);
  }

  private byte[] seedBytes(int number) {
    return ByteBuffer.allocate(32).putLong(scenario.seed()).putLong(number).array();
  }

  // ---- what happens to the swarm

  private void scheduleEvent(Scenario.Event event) {
    long start = START + (long) (event.atSeconds() * 1e6);
    long end = START + (long) (event.overAtSeconds() * 1e6);
    switch (event.kind()) {
      case KILL -> at(start, () -> pick(event.share()).forEach(this::crash));
      case PARTITION -> {
        at(
            start,
            () -> {
              for (Participant participant : pick(event.share())) {
                participant.peer().host().setSide(1);
                participant.record().markPartitioned();
              }
              network.cut(true, event.symmetric());
            });
        at(
            end,
            () -> {
              network.cut(false, false);
              network.hosts().forEach(host -> host.setSide(0));
            });
      }
      case RESTART_BROADCASTER -> {
        at(start, this::stopSource);
        at(end, this::startSource);
      }
    }
  }

  private List<Participant> pick(double share) {
    List<Participant> present = population();
    java.util.Collections.shuffle(present, random);
    return present.subList(0, (int) Math.round(share * present.size()));
  }

  private void at(long micros, Runnable action) {
    time.schedule(
        micros,
        new SimEvent() {
          @Override
          protected void run() {
            action.run();
          }
        });
  }

  private static final Reader NO_READER =
      new Reader() {
        @Override
        public void received(Chunk chunk) {}

        @Override
        public void ready(Chunk chunk, long readyMicros) {}

        @Override
        public void gap(long epoch, long from, long to) {}
      };

  // ---- World

  @Override
  public Scenario scenario() {
    return scenario;
  }

  @Override
  public SimNetwork network() {
    return network;
  }

  @Override
  public PublishedStream published() {
    return published;
  }

  @Override
  public ChannelId channel() {
    return channelKey.id();
  }

  @Override
  public Manifest manifest() {
    if (media == null) {
      throw new IllegalStateException("there is no broadcaster yet");
    }
    return media.manifest();
  }

  @Override
  public List<SimPeer> introduce(SimPeer asker) {
    List<SimPeer> sample = sample(asker);
    SimPeer known = source;
    if (sample.size() < INTRODUCED && known != null && !known.equals(asker)) {
      sample.remove(known);
      sample.add(0, known);
    }
    return sample;
  }

  // Peers of several threads ask at once: chance comes from who asks, and when.
  private List<SimPeer> sample(SimPeer asker) {
    long who = scenario.seed() * 1_000_003 + asker.number();
    long when = asker.host().nowMicros();
    return roster.sample(INTRODUCED, asker, new SplittableRandom(who * 1_000_003 + when));
  }

  @Override
  public @Nullable SimPeer source() {
    return source;
  }

  @Override
  public @Nullable SimPeer find(PeerId id) {
    return byId.get(id);
  }

  @Override
  public RandomGenerator randomFor(SimPeer peer) {
    return new SplittableRandom(scenario.seed() * 1_000_003 + peer.number());
  }
}
