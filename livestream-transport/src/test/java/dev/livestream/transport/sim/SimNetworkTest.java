package dev.livestream.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimNetworkTest {
  private static final double FAST = 12_500_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final VirtualTime time = new VirtualTime(0);

  /** Writes down what one end hears, with the time in microseconds. */
  private static class Log implements SimConnectionHandler {
    final List<String> events = new ArrayList<>();
    final List<Long> times = new ArrayList<>();
    final List<Object> frames = new ArrayList<>();
    private final VirtualTime time;

    Log(VirtualTime time) {
      this.time = time;
    }

    private void add(String event) {
      events.add(event);
      times.add(time.nowMicros());
    }

    long timeOf(String event) {
      return times.get(events.indexOf(event));
    }

    @Override
    public void opened(SimConnection connection) {
      add("opened");
    }

    @Override
    public void control(SimConnection connection, Object frame) {
      frames.add(frame);
      add("control " + frame);
    }

    @Override
    public void chunk(SimConnection connection, Object frame) {
      frames.add(frame);
      add("chunk " + frame);
    }

    @Override
    public void transferEnded(SimConnection connection, long transfer, TransferOutcome outcome) {
      add(outcome + " " + transfer);
    }

    @Override
    public void closed(SimConnection connection, CloseReason reason) {
      add("closed " + reason);
    }
  }

  private final class Pair {
    final SimNetwork network;
    final SimHost a;
    final SimHost b;
    final SimEndpoint endA;
    final SimEndpoint endB;
    final Log logA = new Log(time);
    final Log logB = new Log(time);
    final SimConnection atA;
    final List<SimConnection> atB = new ArrayList<>();

    Pair(SimNetworkConfig config, double upA, double upB) {
      network = new SimNetwork(config, time);
      a = network.addHost(upA, FAST);
      b = network.addHost(upB, FAST);
      endA = network.bind(a, new PeerAddress("10.0.0.1", 1), "a", c -> null);
      endB =
          network.bind(
              b,
              new PeerAddress("10.0.0.2", 1),
              "b",
              c -> {
                atB.add(c);
                return logB;
              });
      atA = endA.dial(endB.address(), logA);
    }

    /** Each takes four packets, 4,800 bytes. */
    void sendTenChunks() {
      for (int i = 0; i < 10; i++) {
        atA.sendChunk(i, 4_560, 4_000, 100, NEVER, i);
      }
    }
  }

  /** A connection that has been open for a while, at one second. */
  private Pair opened() {
    Pair pair = new Pair(still(), FAST, FAST);
    time.runUntil(1_000_000);
    return pair;
  }

  private static SimNetworkConfig still() {
    return SimNetworkConfig.DEFAULT.withDelay(20_000, 20_000, 0);
  }

  @Test
  void aHandshakeTakesOneRoundTripAtTheClientAndHalfAnotherAtTheServer() {
    Pair pair = new Pair(still(), FAST, FAST);
    time.runUntil(1_000_000);

    assertThat(pair.logA.events).containsExactly("opened");
    assertThat(pair.logB.events).containsExactly("opened");
    assertThat(pair.logA.timeOf("opened")).isBetween(40_000L, 42_000L);
    assertThat(pair.logB.timeOf("opened")).isBetween(60_000L, 63_000L);
    assertThat(pair.atB.get(0).remote().identity()).isEqualTo("a");
    pair.network.verifyConservation();
  }

  @Test
  void nobodyThereMeansUnreachableAfterTheTimeout() {
    Pair pair = new Pair(still(), FAST, FAST);
    Log log = new Log(time);
    pair.endA.dial(new PeerAddress("10.9.9.9", 1), log);
    time.runUntil(10_000_000);

    assertThat(log.events).containsExactly("closed UNREACHABLE");
    assertThat(log.timeOf("closed UNREACHABLE")).isEqualTo(5_000_000);
    pair.network.verifyConservation();
  }

  /** As over real QUIC, see {@code QuicTransportTest}. */
  @Test
  void aCallThatNobodyHearsIsRepeatedAfterASecondAndAfterThree() {
    SimNetwork network = new SimNetwork(still(), time);
    SimHost caller = network.addHost(FAST, FAST);
    SimEndpoint end = network.bind(caller, new PeerAddress("10.0.0.1", 1), "a", c -> null);
    end.dial(new PeerAddress("10.9.9.9", 1), new Log(time));

    time.runUntil(900_000);
    assertThat(caller.bytesSent()).isEqualTo(1_200);
    time.runUntil(2_900_000);
    assertThat(caller.bytesSent()).isEqualTo(2 * 1_200);
    time.runUntil(20_000_000);
    assertThat(caller.bytesSent()).isEqualTo(3 * 1_200);
    network.verifyConservation();
  }

  @Test
  void aChunkTakesItsTimeOnTheUplink() {
    // 1,140 bytes of content in each packet of 1,200: 4,560 bytes are four packets, 4,800 bytes.
    Pair pair = new Pair(still(), 100_000, FAST);
    time.runUntil(1_000_000);
    pair.atA.sendChunk(7, 4_560, 4_000, 100, NEVER, "x");
    pair.atA.sendChunk(8, 4_560, 4_000, 100, NEVER, "y");
    time.runUntil(2_000_000);

    assertThat(pair.logA.timeOf("SENT 7")).isEqualTo(1_048_000);
    assertThat(pair.logA.timeOf("SENT 8")).isEqualTo(1_096_000);
    assertThat(pair.logB.timeOf("chunk x")).isEqualTo(1_068_096);
    assertThat(pair.logB.timeOf("chunk y")).isEqualTo(1_116_096);
    pair.network.verifyConservation();
  }

  @Test
  void aControlFrameOvertakesChunksAtThePacketBoundary() {
    Pair pair = new Pair(still(), 100_000, FAST);
    time.runUntil(1_000_000);
    pair.atA.sendChunk(7, 4_560, 4_000, 100, NEVER, "x");
    pair.atA.sendChunk(8, 4_560, 4_000, 100, NEVER, "y");
    time.runUntil(1_001_000);
    pair.atA.sendControl(40, "hi");
    time.runUntil(2_000_000);

    // The packet on the wire ends at 12 ms, the frame takes 1 ms.
    assertThat(pair.logB.timeOf("control hi")).isBetween(1_033_000L, 1_033_050L);
    assertThat(pair.logA.timeOf("SENT 7")).isEqualTo(1_049_000);
    assertThat(pair.logA.timeOf("SENT 8")).isEqualTo(1_097_000);
  }

  @Test
  void theDownlinkServesOneTrainAfterTheOther() {
    SimNetwork network = new SimNetwork(still(), time);
    SimHost slow = network.addHost(FAST, 100_000);
    Log log = new Log(time);
    SimEndpoint target = network.bind(slow, new PeerAddress("10.0.1.1", 1), "t", c -> log);
    List<SimConnection> senders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SimHost sender = network.addHost(FAST, FAST);
      SimEndpoint end =
          network.bind(sender, new PeerAddress("10.0.1.2", 10 + i), "s" + i, c -> null);
      senders.add(end.dial(target.address(), new Log(time)));
    }
    time.runUntil(1_000_000);
    for (SimConnection sender : senders) {
      sender.sendChunk(1, 4_560, 4_000, 100, NEVER, "x");
    }
    time.runUntil(3_000_000);

    List<Long> arrivals = new ArrayList<>();
    for (int i = 0; i < log.events.size(); i++) {
      if (log.events.get(i).startsWith("chunk")) {
        arrivals.add(log.times.get(i));
      }
    }
    assertThat(arrivals).hasSize(3);
    assertThat(arrivals.get(1) - arrivals.get(0)).isCloseTo(48_000L, within(1_000L));
    assertThat(arrivals.get(2) - arrivals.get(0)).isCloseTo(96_000L, within(1_000L));
    network.verifyConservation();
  }

  @Test
  void whatIsQueuedCanBeCancelledOrGrowTooOld() {
    Pair pair = new Pair(still(), 100_000, FAST);
    time.runUntil(1_000_000);
    pair.atA.sendChunk(1, 4_560, 4_000, 100, NEVER, "a");
    pair.atA.sendChunk(2, 4_560, 4_000, 100, NEVER, "b");
    pair.atA.sendChunk(3, 4_560, 4_000, 100, 1_010_000, "c");
    pair.atA.sendChunk(4, 4_560, 4_000, 100, NEVER, "d");
    pair.atA.cancel(2);
    time.runUntil(2_000_000);

    assertThat(pair.logA.events)
        .containsExactly("opened", "CANCELLED 2", "SENT 1", "CANCELLED 3", "SENT 4");
    assertThat(pair.logB.frames).containsExactly("a", "d");
    assertThat(pair.logA.timeOf("SENT 4")).isEqualTo(1_096_000);
    assertThat(pair.atA.queuedBytes()).isZero();
    assertThat(pair.a.queuedBytes()).isZero();
  }

  @Test
  void lossIsMadeGoodAndControlStaysInOrder() {
    SimNetworkConfig lossy = still().withLoss(0.2, 3).withDelay(20_000, 5_000, 1);
    Pair pair = new Pair(lossy, FAST, FAST);
    time.runUntil(5_000_000);
    for (int i = 0; i < 500; i++) {
      pair.atA.sendControl(100, i);
      pair.atA.sendChunk(i, 4_560, 4_000, 100, NEVER, "chunk");
      time.runUntil(time.nowMicros() + 5_000);
    }
    time.runUntil(30_000_000);

    assertThat(pair.logB.frames.stream().filter(Integer.class::isInstance).toList())
        .isEqualTo(java.util.stream.IntStream.range(0, 500).boxed().toList());
    assertThat(pair.logB.frames.stream().filter("chunk"::equals)).hasSize(500);
    ByteAccounts accounts = pair.network.accounts();
    double lost = (double) accounts.lost(ByteKind.PAYLOAD) / accounts.sent(ByteKind.PAYLOAD);
    assertThat(lost).isCloseTo(0.2, within(0.04));
    assertThat(accounts.sent(ByteKind.RETRANSMISSION)).isPositive();
    pair.network.verifyConservation();
  }

  @Test
  void aCrashIsNoticedBySilenceOnly() {
    Pair pair = opened();
    pair.b.crash();
    time.runUntil(12_000_000);
    assertThat(pair.logA.events).containsExactly("opened");
    time.runUntil(14_000_000);

    assertThat(pair.logA.events).containsExactly("opened", "closed LOST");
    assertThat(pair.logB.events).containsExactly("opened");
    pair.network.verifyConservation();
  }

  @Test
  void whoSaysNothingIsSentOneProbeAtATimeWhateverWasLost() {
    Pair pair = opened();
    pair.b.crash();
    long before = pair.a.bytesSent();
    pair.sendTenChunks();
    time.runUntil(2_000_000);

    // Ten chunks of 4,800 bytes, and two packets 50, 150, 350 and 750 ms after they had left.
    assertThat(pair.a.bytesSent() - before).isEqualTo(10 * 4_800 + 4 * 2_400);
    pair.network.verifyConservation();
  }

  @Test
  void whoTalksButGetsNothingIsSentOneProbeAtATimeAsWell() {
    Pair pair = opened();
    pair.a.setSide(1);
    pair.network.cut(false, true);
    long before = pair.a.bytesSent();
    pair.atA.sendChunk(1, 4_560, 4_000, 100, NEVER, "x");
    pair.atA.sendChunk(2, 4_560, 4_000, 100, NEVER, "y");
    while (time.nowMicros() < 2_000_000) {
      pair.atB.get(0).sendControl(100, "I hear nothing");
      time.runUntil(time.nowMicros() + 30_000);
    }

    assertThat(pair.logB.frames).isEmpty();
    assertThat(pair.logA.frames).isNotEmpty();
    long acknowledgements = 10 * 85L;
    assertThat(pair.a.bytesSent() - before)
        .isBetween(2 * 4_800 + 4 * 2_400L, 2 * 4_800 + 4 * 2_400L + acknowledgements);
    pair.network.verifyConservation();
  }

  @Test
  void whatWaitedForAnAnswerIsGivenUpWhenTheConnectionIsClosed() {
    Pair pair = opened();
    pair.b.crash();
    for (int i = 0; i < 100; i++) {
      pair.atA.sendControl(100, i);
    }
    time.runUntil(2_000_000);
    long before = pair.a.bytesSent();
    pair.atA.close(CloseReason.LOST);
    time.runUntil(10_000_000);

    // The farewell, and a few probes.
    assertThat(pair.a.bytesSent() - before).isBetween(1L, 1_000L);
    pair.network.verifyConservation();
  }

  @Test
  void allThatWasLostIsSentAgainOnceTheOtherEndHasShownThatItLives() {
    Pair pair = opened();
    pair.b.setSide(1);
    pair.network.cut(true, true);
    pair.sendTenChunks();
    time.runUntil(1_300_000);
    pair.network.cut(false, false);
    time.runUntil(1_352_000);
    assertThat(pair.logB.frames).isEmpty();
    time.runUntil(1_600_000);

    assertThat(pair.logB.frames).hasSize(10);
    pair.network.verifyConservation();
  }

  @Test
  void anIdleConnectionIsKeptAlive() {
    Pair pair = new Pair(still(), FAST, FAST);
    time.runUntil(120_000_000);

    assertThat(pair.atA.isOpen()).isTrue();
    assertThat(pair.logA.events).containsExactly("opened");
    assertThat(pair.logB.events).containsExactly("opened");
    assertThat(time.events()).isLessThan(400);
  }

  @Test
  void framesOfAShortPartitionArriveAfterIt() {
    Pair pair = opened();
    pair.b.setSide(1);
    pair.network.cut(true, true);
    pair.atA.sendControl(100, "one");
    pair.atA.sendChunk(1, 4_560, 4_000, 100, NEVER, "x");
    time.runUntil(4_000_000);
    assertThat(pair.logB.frames).isEmpty();
    pair.network.cut(false, false);
    time.runUntil(8_000_000);

    assertThat(pair.logB.frames).containsExactlyInAnyOrder("one", "x");
    pair.network.verifyConservation();
  }

  @Test
  void closingDeliversWhatWasSaidBefore() {
    Pair pair = opened();
    pair.atA.sendControl(100, "bye");
    pair.atA.close(CloseReason.LEAVING);
    time.runUntil(2_000_000);

    assertThat(pair.logB.events).containsExactly("opened", "control bye", "closed LEAVING");
    assertThat(pair.logA.events).containsExactly("opened");
  }

  @Test
  void latenciesHaveTheWantedMean() {
    Latencies latencies = new Latencies(3, 40_000, 5_000);
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 300; j++) {
        if (i != j) {
          double micros = latencies.micros(i, j);
          assertThat(micros).isBetween(5_000.0, 215_000.0);
          sum += micros;
          pairs++;
        }
      }
    }

    assertThat(sum / pairs).isCloseTo(40_000, within(400.0));
  }
}
