package dev.livestream.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.fake.FakeNetwork;
import dev.livestream.fake.ManualLoop;
import dev.livestream.fake.ScriptedPeer;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportConfig;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an endpoint does with what comes in, under virtual time. */
class NodeTest {
  private static final long SECOND = 1_000_000;
  private static final long LATENCY = 10_000;

  private final ManualLoop loop = new ManualLoop();
  private final FakeNetwork network = new FakeNetwork(loop, LATENCY);
  private final ChannelId channel = ChannelKey.fromSeed(new byte[32]).id();
  private final List<Node> nodes = new ArrayList<>();
  private final RecordingListener listener = new RecordingListener();

  @AfterEach
  void nothingIsLeftOpen() {
    for (Node node : nodes) {
      StreamNode stream = node.find(channel);
      if (stream != null) {
        stream.leave();
      }
    }
    // Strangers that never said hello are let go by then too.
    loop.run(6 * SECOND);
    for (Node node : nodes) {
      assertThat(node.transportStats().connections()).isZero();
    }
  }

  private Node node(int seed) throws IOException {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    PeerIdentity identity = PeerIdentity.fromSeed(bytes);
    Node node =
        Node.open(
            network,
            new TransportConfig(
                identity, new PeerAddress("0.0.0.0", 0), TransportConfig.Limits.DEFAULT),
            identity,
            List.of(),
            seed);
    nodes.add(node);
    return node;
  }

  private static PeerAddress addressOf(Node node) {
    return new PeerAddress("127.0.0.1", node.localAddress().port());
  }

  private StreamNode join(Node node, PeerAddress... hints) {
    return node.join(
        new StreamConfig(
            channel, Role.VIEWER, false, true, Duration.ofSeconds(1), 0, List.of(hints)),
        listener);
  }

  private ScriptedPeer peer(int seed) throws IOException {
    return ScriptedPeer.on(network, seed);
  }

  private Message.Hello hello(ScriptedPeer peer) {
    return new Message.Hello(1, 1, channel, peer.record(), Role.VIEWER, null);
  }

  @Test
  void aHelloOpensTheStreamItNames() throws IOException {
    Node node = node(1);
    StreamNode stream = join(node);
    ScriptedPeer peer = peer(2);
    peer.connect(addressOf(node));
    loop.run(SECOND);
    peer.send(hello(peer));
    loop.run(SECOND);
    assertThat(stream.connections()).isEqualTo(1);
    assertThat(peer.closedFor()).isNull();
    assertThat(peer.received()).first().isInstanceOf(Message.Hello.class);
    assertThat(stream.snapshot().engine().peers()).isEqualTo(1);
  }

  @Test
  void aStreamThatIsNotHereIsRefused() throws IOException {
    Node node = node(1);
    ScriptedPeer peer = peer(2);
    peer.connect(addressOf(node));
    loop.run(SECOND);
    peer.send(hello(peer));
    loop.run(SECOND);
    assertThat(peer.closedFor()).isEqualTo(CloseReason.UNKNOWN_STREAM);
  }

  @Test
  void whoSaysNoHelloIsNotWaitedForLong() throws IOException {
    Node node = node(1);
    join(node);
    ScriptedPeer peer = peer(2);
    peer.connect(addressOf(node));
    loop.run(4 * SECOND);
    assertThat(peer.closedFor()).isNull();
    loop.run(2 * SECOND);
    assertThat(peer.closedFor()).isEqualTo(CloseReason.DONE);
  }

  @Test
  void crowdsThatSayNoHelloDoNotPileUp() throws IOException {
    Node node = node(1);
    join(node);
    for (int i = 0; i < 200; i++) {
      peer(10 + i).connect(addressOf(node));
    }
    loop.run(SECOND);
    assertThat(node.transportStats().connections()).isLessThanOrEqualTo(128);
  }

  @Test
  void whateverComesBeforeTheHelloIsToBlame() throws IOException {
    Node node = node(1);
    join(node);
    assertThat(reactionTo(node, 2, peer -> peer.send(new Message.Ping(1))))
        .isEqualTo(CloseReason.PROTOCOL_ERROR);
    assertThat(reactionTo(node, 3, peer -> peer.sendChunk(ByteBuffer.allocate(100))))
        .isEqualTo(CloseReason.PROTOCOL_ERROR);
    assertThat(reactionTo(node, 4, peer -> peer.sendRaw(ByteBuffer.wrap(new byte[] {-1, 7, 9}))))
        .isEqualTo(CloseReason.PROTOCOL_ERROR);
    assertThat(node.strangers().snapshot().malformed()).isEqualTo(3);
  }

  @Test
  void aHelloWithAnotherPeersRecordIsRefused() throws IOException {
    Node node = node(1);
    StreamNode stream = join(node);
    PeerRecord another = peer(9).record();
    assertThat(
            reactionTo(
                node,
                2,
                peer -> peer.send(new Message.Hello(1, 1, channel, another, Role.VIEWER, null))))
        .isEqualTo(CloseReason.PROTOCOL_ERROR);
    assertThat(stream.connections()).isZero();
  }

  @Test
  void aPeerWithoutAVersionInCommonIsTold() throws IOException {
    Node node = node(1);
    join(node);
    assertThat(
            reactionTo(
                node,
                2,
                peer ->
                    peer.send(new Message.Hello(9, 2, channel, peer.record(), Role.VIEWER, null))))
        .isEqualTo(CloseReason.VERSION);
  }

  @Test
  void whatBreaksTheFormAfterTheHelloIsCountedAndEndsTheConnection() throws IOException {
    Node node = node(1);
    StreamNode stream = join(node);
    assertThat(
            reactionTo(
                node,
                2,
                peer -> {
                  peer.send(hello(peer));
                  peer.sendRaw(ByteBuffer.wrap(new byte[] {10, 5, 1}));
                }))
        .isEqualTo(CloseReason.PROTOCOL_ERROR);
    assertThat(
            reactionTo(
                node,
                3,
                peer -> {
                  peer.send(hello(peer));
                  peer.sendChunk(ByteBuffer.wrap(new byte[] {1, 2, 3}));
                }))
        .isEqualTo(CloseReason.PROTOCOL_ERROR);
    assertThat(stream.snapshot().traffic().malformed()).isEqualTo(2);
    assertThat(stream.snapshot().engine().peers()).isZero();
    assertThat(stream.connections()).isZero();
  }

  @Test
  void aPeerThatBrokeTheFormIsNotSpokenWithForAWhile() throws IOException {
    Node node = node(1);
    StreamNode stream = join(node);
    reactionTo(node, 2, peer -> peer.sendRaw(ByteBuffer.wrap(new byte[] {10, 5, 1})));
    assertThat(reactionTo(node, 2, peer -> peer.send(hello(peer))))
        .isEqualTo(CloseReason.PROTOCOL_ERROR);
    loop.run(601 * SECOND);
    assertThat(reactionTo(node, 2, peer -> peer.send(hello(peer)))).isNull();
    assertThat(stream.connections()).isEqualTo(1);
  }

  @Test
  void aFloodOfMessagesEndsTheConnection() throws IOException {
    Node node = node(1);
    StreamNode stream = join(node);
    assertThat(
            reactionTo(
                node,
                2,
                peer -> {
                  peer.send(hello(peer));
                  for (int i = 0; i < 20; i++) {
                    peer.send(Collections.nCopies(256, new Message.Pong(i)));
                  }
                }))
        .isEqualTo(CloseReason.PROTOCOL_ERROR);
    assertThat(stream.snapshot().traffic().malformed()).isEqualTo(1);
  }

  private interface Misdeed {
    void by(ScriptedPeer peer);
  }

  private CloseReason reactionTo(Node node, int seed, Misdeed misdeed) throws IOException {
    ScriptedPeer peer = peer(seed);
    peer.connect(addressOf(node));
    loop.run(SECOND);
    misdeed.by(peer);
    loop.run(SECOND);
    return peer.closedFor();
  }

  @Test
  void ofTwoConnectionsOpenedTowardsEachOtherOneStays() throws IOException {
    Node one = node(1);
    Node two = node(2);
    StreamNode first = join(one, addressOf(two));
    StreamNode second = join(two, addressOf(one));
    loop.run(3 * SECOND);
    assertThat(first.connections()).isEqualTo(1);
    assertThat(second.connections()).isEqualTo(1);
    assertThat(one.transportStats().connections()).isEqualTo(1);
    assertThat(first.snapshot().engine().peers()).isEqualTo(1);
    assertThat(second.snapshot().engine().peers()).isEqualTo(1);
  }

  @Test
  void twoAddressesOfOnePeerLeadToOneConnection() throws IOException {
    Node one = node(1);
    Node two = node(2);
    join(two);
    PeerAddress alias = new PeerAddress("127.0.0.2", two.localAddress().port());
    StreamNode stream = join(one, addressOf(two), alias);
    loop.run(3 * SECOND);
    assertThat(stream.connections()).isEqualTo(1);
    assertThat(two.transportStats().connections()).isEqualTo(1);
  }

  @Test
  void aPeerThatComesBackReplacesItsOldConnection() throws IOException {
    Node node = node(1);
    StreamNode stream = join(node);
    ScriptedPeer before = peer(2);
    before.connect(addressOf(node));
    loop.run(SECOND / 10);
    before.send(hello(before));
    loop.run(SECOND / 10);
    ScriptedPeer after = peer(2);
    after.connect(addressOf(node));
    loop.run(SECOND / 10);
    after.send(hello(after));
    loop.run(SECOND / 10);
    assertThat(before.closedFor()).isEqualTo(CloseReason.DONE);
    assertThat(after.closedFor()).isNull();
    assertThat(stream.connections()).isEqualTo(1);
  }

  @Test
  void aHintThatLeadsToThisVeryEndpointIsLeftAlone() throws IOException {
    Node node = node(1);
    StreamNode stream = join(node, addressOf(node));
    loop.run(SECOND);
    assertThat(stream.connections()).isZero();
    assertThat(node.transportStats().connections()).isZero();
  }

  @Test
  void anEndpointLearnsItsAddressFromOthersAndTellsIt() throws IOException {
    Node one = node(1);
    Node two = node(2);
    join(one);
    join(two, addressOf(one));
    loop.run(3 * SECOND);
    assertThat(one.addresses().forRecord()).containsExactly(addressOf(one));
    assertThat(two.addresses().forRecord()).containsExactly(addressOf(two));
    assertThat(one.hints()).contains(addressOf(one));
  }

  @Test
  void leavingSaysGoodbye() throws IOException {
    Node node = node(1);
    StreamNode stream = join(node);
    ScriptedPeer peer = peer(2);
    peer.connect(addressOf(node));
    loop.run(SECOND);
    peer.send(hello(peer));
    loop.run(SECOND);
    stream.leave();
    stream.leave();
    loop.run(SECOND);
    assertThat(peer.received()).last().isInstanceOf(Message.Goodbye.class);
    assertThat(peer.closedFor()).isEqualTo(CloseReason.LEAVING);
    assertThat(node.find(channel)).isNull();
    assertThat(stream.snapshot().engine().peers()).isNotNegative();
  }

  @Test
  void aStreamIsJoinedOnce() throws IOException {
    Node node = node(1);
    join(node);
    assertThatThrownBy(() -> join(node))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already");
  }

  @Test
  void aListenerThatThrowsDoesNoHarm() throws IOException {
    listener.failing = true;
    Node one = node(1);
    Node two = node(2);
    StreamNode stream = join(one);
    join(two, addressOf(one));
    loop.run(3 * SECOND);
    assertThat(stream.snapshot().engine().peers()).isEqualTo(1);
    assertThat(listener.heard).isPositive();
  }
}
