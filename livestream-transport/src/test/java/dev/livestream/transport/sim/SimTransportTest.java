package dev.livestream.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.spi.CloseReason;
import dev.livestream.transport.ContractFixture;
import dev.livestream.transport.ContractFixture.Endpoint;
import dev.livestream.transport.ContractFixture.Link;
import dev.livestream.transport.RecordingHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What only a simulated network can be asked: rates, crashes, partitions, and the same run again.
 */
final class SimTransportTest {
  private static final double UP = 1_000_000;
  private static final double DOWN = 4_000_000;
  private static final long SECOND = 1_000_000;

  private final SimNetworkConfig config = SimNetworkConfig.DEFAULT.withDelay(40_000, 5_000, 0);
  private final SimHarness harness = new SimHarness(config, UP, DOWN);
  private final ContractFixture fixture = new ContractFixture(harness);

  @AfterEach
  void close() {
    fixture.close();
  }

  private static SimTransport sim(Endpoint endpoint) {
    return (SimTransport) endpoint.transport();
  }

  @Test
  void theUplinkCarriesItsRateAndNoMore() {
    Link link = fixture.pair();
    int count = 100;
    int frameBytes = 10_000;
    long begin = harness.time().nowMicros();
    long sentBefore = sim(link.from()).host().bytesSent();

    fixture.onLoop(
        link.from(),
        () -> {
          for (int i = 0; i < count; i++) {
            link.nearEnd().sendChunk(ByteBuffer.allocate(frameBytes), ContractFixture.NO_DEADLINE);
          }
        });
    fixture.await(() -> link.near().ended().size() == count);

    long wireBytes = sim(link.from()).host().bytesSent() - sentBefore;
    double seconds = (harness.time().nowMicros() - begin) / 1e6;
    assertThat(wireBytes)
        .isBetween((long) (count * frameBytes * 1.05), (long) (count * frameBytes * 1.1));
    assertThat(wireBytes / seconds).isBetween(0.99 * UP, UP + 2_000);
  }

  @Test
  void severalConnectionsShareTheUplinkEvenly() {
    Endpoint from = fixture.open();
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      links.add(fixture.link(from, fixture.open()));
    }

    fixture.onLoop(
        from,
        () -> {
          for (Link link : links) {
            for (int i = 0; i < 50; i++) {
              link.nearEnd().sendChunk(ByteBuffer.allocate(5_000), ContractFixture.NO_DEADLINE);
            }
          }
        });
    fixture.await(() -> links.get(0).near().ended().size() == 20);

    // The first has a head start: its chunks came when the uplink was idle.
    assertThat(links).allSatisfy(l -> assertThat(l.near().ended()).hasSizeBetween(17, 20));
  }

  @Test
  void aCrashIsSilentAndFoundByTheIdleTimeout() {
    Link link = fixture.pair();
    Endpoint third = fixture.open();
    Link other = fixture.link(third, link.to());
    harness.advance(SECOND);
    long crashed = harness.time().nowMicros();

    sim(link.to()).crash();
    harness.advance(config.idleTimeout() - config.keepAlive() - SECOND);
    assertThat(link.near().isClosed()).isFalse();
    fixture.await(() -> link.near().isClosed() && other.near().isClosed());

    assertThat(link.near().closeReasons()).containsExactly(CloseReason.LOST);
    assertThat(other.near().closeReasons()).containsExactly(CloseReason.LOST);
    assertThat(harness.time().nowMicros() - crashed).isLessThanOrEqualTo(config.idleTimeout());
  }

  @Test
  void aCrashedHostRunsNothingAndHearsNothing() {
    Link link = fixture.pair();
    AtomicInteger ticks = new AtomicInteger();
    link.to().transport().loop().schedule(SECOND, ticks::incrementAndGet);
    fixture.sendControl(link, ContractFixture.bytes(1, 100));

    sim(link.to()).crash();
    harness.advance(2 * SECOND);
    link.to().transport().loop().execute(ticks::incrementAndGet);
    harness.advance(2 * SECOND);

    assertThat(ticks).hasValue(0);
    assertThat(link.far().controlFrames()).isEmpty();
    assertThat(link.far().isClosed()).isFalse();
    RecordingHandler late = fixture.connect(link.from(), link.to().address(), null);
    fixture.await(late::isClosed);
    assertThat(late.closeReasons()).containsExactly(CloseReason.UNREACHABLE);
  }

  @Test
  void aShortPartitionDelaysAndLosesNothing() {
    Link link = fixture.pair();
    sim(link.to()).host().setSide(1);
    harness.network().cut(true, true);

    fixture.sendControl(link, ContractFixture.bytes(1, 3_000));
    long chunk = fixture.sendChunk(link, ContractFixture.bytes(2, 30_000));
    fixture.onLoop(link.to(), () -> link.farEnd().sendControl(ByteBuffer.allocate(10)));
    harness.advance(5 * SECOND);
    assertThat(link.far().controlFrames()).isEmpty();
    assertThat(link.far().chunkFrames()).isEmpty();
    assertThat(link.near().controlFrames()).isEmpty();
    harness.network().cut(false, false);
    fixture.await(() -> link.far().chunkFrames().size() == 1);
    fixture.await(() -> link.near().controlFrames().size() == 1);

    assertThat(chunk).isPositive();
    assertThat(link.far().controlFrames()).containsExactly(ContractFixture.bytes(1, 3_000));
    assertThat(link.far().chunkFrames()).containsExactly(ContractFixture.bytes(2, 30_000));
    assertThat(link.near().isClosed()).isFalse();
  }

  @Test
  void aLongPartitionEndsTheConnectionOnBothSidesAndANewOneWorksAfterIt() {
    Link link = fixture.pair();
    sim(link.to()).host().setSide(1);

    harness.network().cut(true, true);
    fixture.await(() -> link.near().isClosed() && link.far().isClosed());
    RecordingHandler during = fixture.connect(link.from(), link.to().address(), link.to().id());
    fixture.await(during::isClosed);
    harness.network().cut(false, false);
    Link after = fixture.link(link.from(), link.to());

    assertThat(link.near().closeReasons()).containsExactly(CloseReason.LOST);
    assertThat(link.far().closeReasons()).containsExactly(CloseReason.LOST);
    assertThat(during.closeReasons()).containsExactly(CloseReason.UNREACHABLE);
    fixture.sendChunk(after, ContractFixture.bytes(1, 100));
    fixture.await(() -> after.far().chunkFrames().size() == 1);
  }

  @Test
  void aOneWayPartitionLetsTheOtherWayThrough() {
    Link link = fixture.pair();
    sim(link.to()).host().setSide(1);
    harness.network().cut(true, false);

    fixture.sendChunk(link, ContractFixture.bytes(1, 1_000));
    fixture.onLoop(
        link.to(),
        () -> link.farEnd().sendChunk(ByteBuffer.allocate(500), ContractFixture.NO_DEADLINE));
    fixture.await(() -> link.near().chunkFrames().size() == 1);
    harness.advance(SECOND);
    assertThat(link.far().chunkFrames()).isEmpty();
    harness.network().cut(false, false);
    fixture.await(() -> link.far().chunkFrames().size() == 1);

    assertThat(link.near().isClosed()).isFalse();
    assertThat(link.far().isClosed()).isFalse();
  }

  @Test
  void whoListensEverywhereGetsAnAddressOfItsOwn() {
    Endpoint one = fixture.open();
    Endpoint two = fixture.open();

    assertThat(one.address().host()).isNotEqualTo(two.address().host()).isNotEqualTo("0.0.0.0");
  }

  @Test
  void theSameSeedGivesTheSameTraceAndAnotherSeedAnother() {
    List<String> trace = trace(5);

    assertThat(trace).hasSizeGreaterThan(300);
    assertThat(trace(5)).isEqualTo(trace);
    assertThat(trace(6)).isNotEqualTo(trace);
  }

  /** A busy second of four peers over bad links: what each heard, and when. */
  private static List<String> trace(long seed) {
    SimNetworkConfig bad =
        SimNetworkConfig.DEFAULT.withSeed(seed).withDelay(50_000, 5_000, 0.5).withLoss(0.05, 2);
    SimHarness network = new SimHarness(bad, 200_000, 400_000);
    ContractFixture peers = new ContractFixture(network);
    List<String> trace = new ArrayList<>();
    List<Endpoint> endpoints = List.of(peers.open(), peers.open(), peers.open(), peers.open());
    for (Endpoint from : endpoints) {
      for (Endpoint to : endpoints) {
        if (from != to) {
          String name = endpoints.indexOf(from) + ">" + endpoints.indexOf(to);
          Link link = peers.link(from, to);
          note(link.far(), name, network, trace);
          for (int i = 0; i < 20; i++) {
            peers.sendChunk(link, ContractFixture.bytes(i, 500 + 100 * i));
            peers.sendControl(link, ContractFixture.bytes(i, 10 + i));
          }
        }
      }
    }
    network.advance(30 * SECOND);
    peers.close();
    trace.add("events " + network.time().events());
    return trace;
  }

  private static void note(
      RecordingHandler handler, String name, SimHarness network, List<String> trace) {
    handler.whenChunk(
        frame -> trace.add(network.time().nowMicros() + " " + name + " chunk " + frame.length));
    handler.whenControl(
        frame -> trace.add(network.time().nowMicros() + " " + name + " control " + frame.length));
  }
}
