package dev.livestream.benchmarks.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livestream.benchmarks.swarm.strategy.PeerLogic;
import dev.livestream.benchmarks.swarm.strategy.Reader;
import dev.livestream.benchmarks.swarm.strategy.SimPeer;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.PeerAddress;
import dev.livestream.transport.sim.SimConnection;
import dev.livestream.transport.sim.SimConnectionHandler;
import dev.livestream.transport.sim.SimNetwork;
import dev.livestream.transport.sim.SimNetworkConfig;
import dev.livestream.transport.sim.VirtualTime;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.PeerRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoopCheckTest {
  private final SimNetwork network = new SimNetwork(SimNetworkConfig.DEFAULT, new VirtualTime(0));
  private final List<Fed> logics = new ArrayList<>();
  private final SimPeer source = peer(true);

  /** Knows nothing but who feeds it. */
  private static final class Fed implements PeerLogic {
    final List<@Nullable SimPeer> parents = Arrays.asList((SimPeer) null);

    @Override
    public void join(List<SimPeer> introduced) {}

    @Override
    public void publish(List<Chunk> frame) {}

    @Override
    public void leave() {}

    @Override
    public void stop() {}

    @Override
    public @Nullable SimConnectionHandler accept(SimConnection connection) {
      return null;
    }

    @Override
    public List<@Nullable SimPeer> parents() {
      return Collections.unmodifiableList(parents);
    }
  }

  private static final Reader NOBODY =
      new Reader() {
        @Override
        public void received(Chunk chunk) {}

        @Override
        public void ready(Chunk chunk, long readyMicros) {}

        @Override
        public void gap(long epoch, long from, long to) {}
      };

  private SimPeer peer(boolean isSource) {
    PeerIdentity identity = PeerIdentity.generate();
    int number = network.hosts().size();
    PeerAddress address = new PeerAddress("10.0.0." + number, 1);
    return new SimPeer(
        number,
        identity,
        PeerRecord.sign(identity, List.of(address), 1, false),
        address,
        network.addHost(1_000, 1_000),
        1_000,
        false,
        isSource,
        NOBODY,
        (self, acceptor) -> network.bind(self.host(), self.address(), self, acceptor));
  }

  private List<Participant> viewers(int count) {
    List<Participant> viewers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Fed logic = new Fed();
      logics.add(logic);
      viewers.add(new Participant(peer(false), logic, null));
    }
    return viewers;
  }

  private void feed(int child, SimPeer parent) {
    logics.get(child).parents.set(0, parent);
  }

  @Test
  void aCircleThatLastsEndsTheRun() {
    List<Participant> viewers = viewers(4);
    feed(0, source);
    feed(1, viewers.get(2).peer());
    feed(2, viewers.get(3).peer());
    feed(3, viewers.get(1).peer());
    LoopCheck check = new LoopCheck(1, false);
    check.look(0, viewers);
    Collections.reverse(viewers);
    check.look(3_000_000, viewers);

    assertThatThrownBy(() -> check.look(4_000_000, viewers))
        .hasMessageContaining("has fed itself in substream 0");
  }

  @Test
  void aCircleThatOpensInTimeIsForgiven() {
    List<Participant> viewers = viewers(2);
    feed(0, viewers.get(1).peer());
    feed(1, viewers.get(0).peer());
    LoopCheck check = new LoopCheck(1, false);
    check.look(0, viewers);
    feed(0, source);
    check.look(2_000_000, viewers);
    feed(0, viewers.get(1).peer());
    check.look(4_000_000, viewers);

    assertThat(check.circles()).isZero();
  }

  @Test
  void circlesCanBeOnlyCounted() {
    List<Participant> viewers = viewers(2);
    feed(0, viewers.get(1).peer());
    feed(1, viewers.get(0).peer());
    LoopCheck check = new LoopCheck(1, true);
    check.look(0, viewers);
    check.look(4_000_000, viewers);

    assertThat(check.circles()).isEqualTo(1);
  }

  @Test
  void aSurveyTellsWhoHasNoWayToTheSource() {
    List<Participant> viewers = viewers(6);
    feed(0, source);
    feed(1, viewers.get(0).peer());
    feed(2, viewers.get(3).peer());
    feed(3, viewers.get(2).peer());
    feed(4, viewers.get(5).peer());

    TreeSurvey.Tree tree = TreeSurvey.of(1, viewers).trees()[0];

    assertThat(tree.sourceChildren).isEqualTo(1);
    assertThat(tree.reached).isEqualTo(2);
    assertThat(tree.maxDepth).isEqualTo(2);
    assertThat(tree.meanDepth()).isEqualTo(1.5);
    assertThat(tree.orphans).isEqualTo(1);
    assertThat(tree.adrift).isEqualTo(3);
  }
}
