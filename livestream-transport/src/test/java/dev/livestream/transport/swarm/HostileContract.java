package dev.livestream.transport.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.StreamLink;
import dev.livestream.Viewer;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.LogProbe;
import dev.livestream.transport.swarm.Intruder.Line;
import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import dev.livestream.wire.WireLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractComparableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Peers that break the protocol in what they say: they are counted and shut out, nothing is thrown,
 * and the viewers of the same stream get every byte all the while.
 */
@Timeout(60)
@ExtendWith(LogProbe.class)
abstract class HostileContract {
  private Stage stage;

  abstract TransportProvider network();

  Stage stage() {
    return stage;
  }

  @BeforeEach
  void open() throws IOException {
    stage = new Stage(network());
    stage.moveOn(3);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  /** Something that a peer must not say once it has joined. */
  private interface Offence {
    void commit(Line line, Intruder intruder);
  }

  /** Whoever does this after its hello is counted and shut out, by the broadcaster and a viewer. */
  private void isShutOut(Offence offence) throws IOException {
    for (PeerAddress target : stage.targets()) {
      long before = offences(target);
      Intruder intruder = stage.intruder();
      Line line = intruder.join(target);
      offence.commit(line, intruder);
      assertThat(line.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
      stage.moveOn();
      Swarm.await("it is counted", () -> offences(target) > before);
    }
  }

  private long offences(PeerAddress target) {
    return stage.stats(target).malformed() + stage.stats(target).bannedPeers();
  }

  @Test
  void bytesThatAreNoMessages() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = new byte[500];
    random.nextBytes(noise);
    noise[0] = 0x0a;
    noise[1] = 0x7f;
    isShutOut((line, intruder) -> line.control(noise));
    isShutOut((line, intruder) -> line.control(new byte[] {0x0a}));
    isShutOut((line, intruder) -> line.chunk(noise));
    isShutOut((line, intruder) -> line.chunk(new byte[0]));
    stage.finish();
  }

  @Test
  void framesThatAreTooLong() throws Exception {
    isShutOut((line, intruder) -> line.control(new byte[WireLimits.CONTROL_FRAME_BYTES + 1]));
    isShutOut((line, intruder) -> line.control(new byte[1 << 20]));
    isShutOut((line, intruder) -> line.chunk(new byte[WireLimits.CHUNK_FRAME_BYTES + 1]));
    isShutOut((line, intruder) -> line.chunk(new byte[1 << 20]));
    stage.finish();
  }

  @Test
  void messagesBeyondTheirLimits() throws Exception {
    PeerRecord record =
        PeerRecord.sign(PeerIdentity.generate(), List.of(Swarm.address(9)), 1, false);
    List<PeerRecord> records = Collections.nCopies(WireLimits.RECORDS + 1, record);
    List<Message> offences = new ArrayList<>();
    offences.add(new Message.Have(1, 0, new byte[WireLimits.HAVE_BYTES + 1], 0, 0, 0, 0, false));
    offences.add(new Message.Have(1, Long.MAX_VALUE, new byte[1], 0, 0, 0, 0, false));
    offences.add(new Message.Have(-1, 0, new byte[1], 0, 0, 0, 0, false));
    offences.add(new Message.Have(1, 0, new byte[1], -1, 0, 0, 0, false));
    offences.add(new Message.Request(1, new long[WireLimits.SEQUENCES + 1]));
    offences.add(new Message.Request(1, new long[] {-1}));
    offences.add(new Message.Attach(WireLimits.SUBSTREAMS, 1, true));
    offences.add(new Message.Attach(-1, 1, true));
    offences.add(new Message.Attach(0, -1, true));
    offences.add(new Message.PathUpdate(0, new long[WireLimits.PATH_HOPS + 1]));
    offences.add(new Message.Supply(new int[WireLimits.SUBSTREAMS + 1]));
    offences.add(new Message.Supply(new int[] {-1}));
    offences.add(new Message.Shuffle(records, true));
    offences.add(new Message.Goodbye(CloseReason.DONE, records));
    for (Message offence : offences) {
      isShutOut((line, intruder) -> line.say(offence));
    }
    Message[] many = new Message[WireLimits.MESSAGES_PER_FRAME + 1];
    Arrays.fill(many, new Message.Ping(1));
    isShutOut((line, intruder) -> line.say(many));
    stage.finish();
  }

  @Test
  void aSecondHelloAndNoWayBack() throws Exception {
    for (PeerAddress target : stage.targets()) {
      Intruder intruder = stage.intruder();
      Line line = intruder.join(target);
      line.say(intruder.hello());
      assertThat(line.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
      assertThat(stage.stats(target).bannedPeers()).isEqualTo(1);

      Line again = intruder.dial(target);
      again.say(intruder.hello());
      assertThat(again.awaitClosed()).isEqualTo(CloseReason.DONE);
      stage.moveOn();
    }
    stage.finish();
  }

  @Test
  void whoeverSpeaksBeforeItsHelloIsShutOut() throws Exception {
    for (PeerAddress target : stage.targets()) {
      Line line = stage.intruder().dial(target);
      line.say(new Message.Ping(1));
      assertThat(line.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
      Intruder intruder = stage.intruder();
      line = intruder.dial(target);
      line.say(new Message.Ping(1), intruder.hello());
      assertThat(line.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
      line = stage.intruder().dial(target);
      line.chunk(new byte[100]);
      assertThat(line.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);
      stage.moveOn();
    }
    assertThat(stage.source().malformed()).isEqualTo(3);
    assertThat(stage.sink().malformed()).isEqualTo(3);
    stage.finish();
  }

  @Test
  void hellosThatAreNotInOrder() throws Exception {
    Intruder other = stage.intruder();
    for (PeerAddress target : stage.targets()) {
      Intruder intruder = stage.intruder();
      Message.Hello good = intruder.hello();
      refused(intruder, target, hello(1, ChannelKey.generate(), good.record()))
          .isEqualTo(CloseReason.UNKNOWN_STREAM);
      refused(intruder, target, hello(0, stage.key(), good.record()))
          .isEqualTo(CloseReason.VERSION);
      refused(
              intruder,
              target,
              new Message.Hello(9, 9, good.channel(), good.record(), Role.SOURCE, null))
          .isEqualTo(CloseReason.VERSION);
      refused(intruder, target, hello(1, stage.key(), other.record()))
          .isEqualTo(CloseReason.PROTOCOL_ERROR);
      refused(intruder, target, withBrokenSignature(good)).isEqualTo(CloseReason.PROTOCOL_ERROR);
      stage.moveOn();
    }
    stage.finish();
  }

  private static Message.Hello hello(int version, ChannelKey channel, PeerRecord record) {
    return new Message.Hello(version, 0, channel.id(), record, Role.VIEWER, null);
  }

  private static byte[] withBrokenSignature(Message.Hello good) {
    byte[] frame = MessageCodec.encode(List.of(good)).array();
    byte[] signature = Frames.signatureOf(good.record());
    frame[Frames.indexOf(frame, signature) + 20] ^= 1;
    return frame;
  }

  private AbstractComparableAssert<?, CloseReason> refused(
      Intruder intruder, PeerAddress target, Message.Hello hello) {
    return refused(intruder, target, MessageCodec.encode(List.of(hello)).array());
  }

  private AbstractComparableAssert<?, CloseReason> refused(
      Intruder intruder, PeerAddress target, byte[] frame) {
    Line line = intruder.dial(target);
    line.control(frame);
    return assertThat(line.awaitClosed());
  }

  @Test
  void messagesOfAnUnknownKindAreSkipped() throws Exception {
    for (PeerAddress target : stage.targets()) {
      Line line = stage.intruder().join(target);
      for (int i = 0; i < 50; i++) {
        line.control(Frames.messageOfKind(1_000 + i, Swarm.media(i, i)));
      }
      line.awaitStillThere(7);
      assertThat(stage.stats(target).malformed()).isZero();
      stage.moveOn();
      line.close();
    }
    stage.finish();
  }

  @Test
  void silentOrTalkativePeersInALinkKeepNobodyFromTheStream() throws Exception {
    List<Offence> offences =
        List.of(
            (line, intruder) -> {},
            (line, intruder) -> line.close(),
            (line, intruder) -> line.say(new Message.Ping(1)),
            (line, intruder) -> line.control(new byte[] {1, 2, 3}),
            (line, intruder) -> line.chunk(new byte[300]),
            (line, intruder) -> line.say(hello(1, ChannelKey.generate(), intruder.record())),
            (line, intruder) -> line.say(intruder.hello(), intruder.hello()));
    List<PeerAddress> hints = new ArrayList<>();
    for (Offence offence : offences) {
      Intruder intruder = stage.intruder();
      intruder.whenCalled(line -> offence.commit(line, intruder));
      hints.add(intruder.address());
    }
    hints.add(stage.source().localAddress());
    Viewer viewer =
        stage.swarm().closing(stage.swarm().viewer(StreamLink.of(stage.key().id(), hints)).join());
    Reader reader = Reader.of(viewer);
    stage.moveOn(5);
    Swarm.await("it has found the stream", () -> reader.count() > 0);
    stage.finish();
    byte[] written = stage.written();
    byte[] read = reader.all();
    Swarm.assertSame(
        read, Arrays.copyOfRange(written, written.length - read.length, written.length));
    assertThat(viewer.gaps()).isZero();
  }

  @Test
  void aCrowdThatNeverSaysHelloKeepsNobodyOut() throws Exception {
    Intruder intruder = stage.intruder();
    for (PeerAddress target : stage.targets().subList(0, 1)) {
      List<Line> crowd = new ArrayList<>();
      for (int i = 0; i < crowd(); i++) {
        crowd.add(intruder.dialLater(target));
      }
      stage.moveOn(3);
      Swarm.await(
          "the oldest have gone",
          () -> crowd.stream().filter(Line::isClosed).count() >= crowd() - 128);
      Reader newcomer =
          Reader.of(
              stage
                  .swarm()
                  .closing(stage.swarm().viewer(StreamLink.of(stage.key().id(), target)).join()));
      stage.moveOn();
      Swarm.await("a newcomer is let in", () -> newcomer.count() > 0);
      crowd.forEach(Line::close);
    }
    stage.finish();
  }

  /** How many connections this kind of network can be made to open in a moment. */
  abstract int crowd();

  @Test
  void garbageOfEveryKindInOneFrameAfterAnother() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 40; i++) {
      PeerAddress target = stage.targets().get(i % 2);
      Intruder intruder = stage.intruder();
      Line line = i % 4 < 2 ? intruder.join(target) : intruder.dial(target);
      byte[] frame = MessageCodec.encode(List.of(intruder.hello(), new Message.Ping(i))).array();
      for (int flips = 0; flips < 3; flips++) {
        frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
      }
      line.control(frame);
      line.chunk(ByteBuffer.wrap(frame).array());
      stage.moveOn();
      line.close();
    }
    stage.finish();
  }
}
