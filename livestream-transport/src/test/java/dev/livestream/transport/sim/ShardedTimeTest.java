package dev.livestream.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedTimeTest {
  private static final SimNetworkConfig TURMOIL =
      SimNetworkConfig.DEFAULT.withSeed(5).withDelay(20_000, 5_000, 0.3).withLoss(0.05, 2);
  private static final double RATE = 200_000;

  /** A host that passes on what it hears to others by chance, and writes everything down. */
  private static final class Chatterer implements SimConnectionHandler {
    final List<String> heard = new ArrayList<>();
    final SimHost host;
    final SimEndpoint endpoint;
    private final SplittableRandom random;
    private final List<SimConnection> open = new ArrayList<>();

    Chatterer(SimNetwork network) {
      host = network.addHost(RATE, 2 * RATE);
      random = new SplittableRandom(host.id());
      endpoint = network.bind(host, address(host.id()), host.id(), connection -> this);
    }

    static PeerAddress address(int number) {
      return new PeerAddress("10.0.0." + number, 1);
    }

    private void note(String what, SimConnection connection) {
      heard.add(host.nowMicros() + " " + what + " with " + connection.remoteAddress().host());
    }

    @Override
    public void opened(SimConnection connection) {
      note("opened", connection);
      open.add(connection);
      connection.sendControl(100, "hello");
    }

    @Override
    public void control(SimConnection connection, Object frame) {
      note("control " + frame, connection);
      SimConnection next = open.get(random.nextInt(open.size()));
      next.sendChunk(heard.size(), 4_000, 3_800, 100, host.nowMicros() + 200_000, "chunk");
    }

    @Override
    public void chunk(SimConnection connection, Object frame) {
      note("chunk", connection);
      open.get(random.nextInt(open.size())).sendControl(40, "word");
    }

    @Override
    public void transferEnded(SimConnection connection, long transfer, TransferOutcome outcome) {
      note(outcome + " " + transfer, connection);
    }

    @Override
    public void closed(SimConnection connection, CloseReason reason) {
      note("closed " + reason, connection);
      open.remove(connection);
    }
  }

  private static SimEvent event(Runnable action) {
    return new SimEvent() {
      @Override
      protected void run() {
        action.run();
      }
    };
  }

  private static List<List<String>> chatter(int threads) {
    try (ShardedTime time = new ShardedTime(0, threads)) {
      SimNetwork network = new SimNetwork(TURMOIL, time);
      List<Chatterer> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        all.add(new Chatterer(network));
      }
      for (Chatterer each : all) {
        for (int k : new int[] {1, 3}) {
          each.endpoint.dial(Chatterer.address((each.host.id() + k) % 12), each);
        }
      }
      time.world().schedule(3_000_000, event(() -> all.get(4).host.crash()));
      time.runUntil(20_000_000);
      network.verifyConservation();
      assertThat(time.events()).isGreaterThan(10_000);
      return all.stream().map(each -> each.heard).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theNumberOfThreadsChangesNothingThatAnybodyHears(int threads) {
    List<List<String>> byOne = chatter(1);

    assertThat(byOne).allSatisfy(heard -> assertThat(heard).hasSizeGreaterThan(20));
    assertThat(chatter(threads)).isEqualTo(byOne);
  }

  @Test
  void whatConcernsAllRunsAloneAndFirst() {
    List<String> log = new ArrayList<>();
    try (ShardedTime time = new ShardedTime(0, 2)) {
      SimNetwork network = new SimNetwork(SimNetworkConfig.DEFAULT, time);
      SimHost one = network.addHost(RATE, RATE);
      SimHost other = network.addHost(RATE, RATE);
      one.schedule(1_000, event(() -> log.add("host")));
      time.world()
          .schedule(
              1_000,
              event(() -> log.add("world at " + one.nowMicros() + " and " + other.nowMicros())));
      time.runUntil(1_000);
    }

    assertThat(log).containsExactly("world at 1000 and 1000", "host");
  }

  @Test
  void clocksStopWhereTheyAreTold() {
    try (ShardedTime time = new ShardedTime(7, 2)) {
      SimHost host = new SimNetwork(SimNetworkConfig.DEFAULT, time).addHost(RATE, RATE);
      List<Long> ran = new ArrayList<>();
      host.schedule(500, event(() -> ran.add(host.nowMicros())));
      host.schedule(501, event(() -> ran.add(host.nowMicros())));
      time.runUntil(500);

      assertThat(ran).containsExactly(500L);
      assertThat(host.nowMicros()).isEqualTo(500);
      assertThat(time.world().nowMicros()).isEqualTo(500);
    }
  }

  @Test
  void aNetworkWithoutDelayHasOneShard() {
    try (ShardedTime time = new ShardedTime(0, 2)) {
      SimNetwork network = new SimNetwork(SimNetworkConfig.DEFAULT.withDelay(40_000, 0, 0.1), time);

      assertThat(network.addHost(RATE, RATE).shard()).isZero();
      assertThat(network.addHost(RATE, RATE).shard()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatAnEventThrowsEndsTheRun(int threads) {
    try (ShardedTime time = new ShardedTime(0, threads)) {
      SimNetwork network = new SimNetwork(SimNetworkConfig.DEFAULT, time);
      SimHost one = network.addHost(RATE, RATE);
      SimHost other = network.addHost(RATE, RATE);
      one.schedule(2_000, event(() -> fail("later")));
      other.schedule(1_000, event(() -> fail("first")));

      assertThatIllegalStateException()
          .isThrownBy(() -> time.runUntil(10_000))
          .withMessage("first");
    }
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void whatWouldComeTooEarlyIsRefused() {
    try (ShardedTime time = new ShardedTime(0, 2)) {
      SimNetwork network = new SimNetwork(SimNetworkConfig.DEFAULT, time);
      SimHost one = network.addHost(RATE, RATE);
      SimHost other = network.addHost(RATE, RATE);
      one.schedule(1_000, event(() -> one.send(other, 1_001, event(() -> {}))));

      assertThatIllegalStateException()
          .isThrownBy(() -> time.runUntil(10_000))
          .withMessageContaining("1001");
    }
  }

  @Test
  void servesOneNetworkAndASensibleNumberOfThreads() {
    try (ShardedTime time = new ShardedTime(0, 2)) {
      assertThat(new SimNetwork(SimNetworkConfig.DEFAULT, time).hosts()).isEmpty();
      assertThatIllegalStateException()
          .isThrownBy(() -> new SimNetwork(SimNetworkConfig.DEFAULT, time));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new ShardedTime(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ShardedTime(0, 65));
  }
}
