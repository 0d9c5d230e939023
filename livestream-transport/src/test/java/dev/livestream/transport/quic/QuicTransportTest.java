package dev.livestream.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.spi.TransportConfig.Limits;
import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.RecordingHandler;
import dev.livestream.transport.RecordingHandler.Ended;
import dev.livestream.transport.quic.Peers.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What QUIC does beyond the contract of every transport. */
final class QuicTransportTest {
  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  @Test
  void theProviderIsFoundAsTheDefault() {
    TransportProvider found =
        ServiceLoader.load(TransportProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals("quic"))
            .findFirst()
            .orElseThrow();

    assertThat(found).isInstanceOf(QuicTransportProvider.class);
    assertThat(found.priority()).isEqualTo(100);
  }

  @Test
  void aPortInUseIsNamedInOneSentence() {
    PeerAddress taken = peers.open().address();

    assertThatThrownBy(() -> peers.open(taken, Limits.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot listen on " + taken + ": address already in use");
  }

  @Test
  void anAddressOfAnotherMachineIsNamedInOneSentence() {
    PeerAddress foreign = new PeerAddress("192.0.2.1", 0);

    assertThatThrownBy(() -> peers.open(foreign, Limits.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot listen on 192.0.2.1:0: this machine does not have that address");
  }

  @Test
  void manyEndpointsShareAtMostTwoThreadsThatEndWithTheLast() {
    List<Peer> open = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      open.add(peers.open());
    }
    for (int i = 0; i < open.size(); i++) {
      for (int j = 0; j < i; j++) {
        peers.link(open.get(i), open.get(j));
      }
    }

    assertThat(Peers.loopThreads()).hasSizeBetween(1, 2);
    peers.close();
    peers.await(() -> Peers.loopThreads().isEmpty());
  }

  @Test
  void aHostNameIsResolved() {
    Peer from = peers.open();
    Peer to = peers.open();

    RecordingHandler near = peers.connect(from, new PeerAddress("localhost", to.address().port()));
    peers.await(near::isOpened);

    assertThat(near.connection().remoteAddress()).isEqualTo(to.address());
  }

  @Test
  void aHostNameThatDoesNotExistIsUnreachable() {
    RecordingHandler near = peers.connect(peers.open(), new PeerAddress("nowhere.invalid", 4000));
    peers.await(near::isClosed);

    assertThat(near.closeReasons()).containsExactly(CloseReason.UNREACHABLE);
  }

  @Test
  void oneConnectionTooManyIsToldThatThereIsNoRoom() {
    Peer to = peers.open(Peers.connections(1));
    peers.link(peers.open(), to);

    RecordingHandler refused = peers.connect(peers.open(), to.address());
    peers.await(refused::isClosed);

    assertThat(refused.closeReasons()).containsExactly(CloseReason.BUSY);
  }

  @Test
  void aPeerThatFallsSilentIsLostOnBothSides() {
    Limits impatient = Peers.silence(Duration.ofMillis(200), Duration.ofSeconds(1));
    Peer from = peers.open(impatient);
    Peer to = peers.open(impatient);
    try (UdpRelay relay = new UdpRelay(to.address())) {
      RecordingHandler near = peers.linkThrough(relay, from, to);

      relay.fallSilent();
      peers.await(() -> near.isClosed() && to.onlyAccepted().isClosed());

      assertThat(near.closeReasons()).containsExactly(CloseReason.LOST);
      assertThat(to.onlyAccepted().closeReasons()).containsExactly(CloseReason.LOST);
    }
  }

  /** The simulated network counts on it, see {@code LossProbes}. */
  @Test
  void whoSaysNothingIsSentProbesAndNotEverythingAgain() {
    Limits limits = Peers.silence(Duration.ofMillis(500), Duration.ofSeconds(2));
    Peer from = peers.open(limits);
    Peer to = peers.open(limits);
    try (UdpRelay relay = new UdpRelay(to.address())) {
      RecordingHandler near = peers.linkThrough(relay, from, to);

      relay.fallSilent();
      int chunks = 20;
      int bytes = 4_560;
      for (int i = 0; i < chunks; i++) {
        peers.sendChunk(from, near, Peers.bytes(i, bytes));
      }
      peers.await(near::isClosed);

      assertThat(relay.swallowed()).isBetween((long) bytes, (long) chunks * bytes);
    }
  }

  /** The simulated network counts on it, see {@code SimConnection}. */
  @Test
  void aCallThatNobodyAnswersCostsAFewPackets() {
    Peer from = peers.open();
    try (UdpRelay relay = new UdpRelay(from.address())) {
      relay.fallSilent();
      RecordingHandler near = peers.connect(from, relay.address());
      peers.await(near::isClosed);

      assertThat(relay.swallowed()).isBetween(2L * 1_200, 5L * 1_200);
    }
  }

  @Test
  void aConnectionSurvivesThatANatChangesItsPortManyTimes() {
    Peer from = peers.open();
    Peer to = peers.open();
    try (UdpRelay relay = new UdpRelay(to.address())) {
      RecordingHandler near = peers.linkThrough(relay, from, to);
      RecordingHandler far = to.onlyAccepted();
      PeerAddress before = far.connection().remoteAddress();

      for (int i = 1; i <= 6; i++) {
        int round = i;
        relay.rebind();
        peers.sendControl(from, near, Peers.bytes(i, 100));
        peers.await(() -> far.controlFrames().size() == round);
        peers.sendChunk(to, far, Peers.bytes(i, 5_000));
        peers.await(() -> near.chunkFrames().size() == round);
      }

      peers.await(() -> !far.connection().remoteAddress().equals(before));
      assertThat(near.isClosed()).isFalse();
      assertThat(far.isClosed()).isFalse();
    }
  }

  @Test
  void peersThatNeverHearTheAnswerDoNotKeepOthersOut() {
    Peer to = peers.open();
    try (UdpRelay relay = new UdpRelay(to.address())) {
      relay.holdBackAnswers();
      Peer deaf = peers.open();
      for (int i = 0; i < 3 * HandshakeGate.PER_SOURCE; i++) {
        peers.connect(deaf, relay.address());
      }
      peers.await(() -> to.transport().stats().datagramsReceived() >= 3 * HandshakeGate.PER_SOURCE);

      peers.link(peers.open(), to);

      assertThat(to.accepted()).hasSize(1);
    }
  }

  /**
   * Clients have done their part of the handshake and hear nothing of it, so they are due to say it
   * again, and before they can, because their loop is late, they close.
   */
  @Test
  @Timeout(60)
  void closingIsBoundedWhereTheOtherSideNeverConfirmsTheHandshake() {
    int count = 8;
    Peer from = peers.open();
    Peer to = peers.open();
    List<UdpRelay> relays = new ArrayList<>();
    List<RecordingHandler> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UdpRelay relay = new UdpRelay(to.address());
      relay.holdBackAllButTheFirst();
      relays.add(relay);
      clients.add(peers.connect(from, relay.address()));
    }
    peers.await(() -> clients.stream().allMatch(RecordingHandler::isOpened));

    long before =
        peers.onLoop(
            from,
            () -> {
              peers.waste(Duration.ofMillis(300));
              clients.forEach(client -> client.connection().close(CloseReason.DONE));
              return from.transport().stats().datagramsSent();
            });
    peers.await(() -> clients.stream().allMatch(RecordingHandler::isClosed));

    long after = peers.onLoop(from, () -> from.transport().stats().datagramsSent());
    assertThat(after - before).isLessThanOrEqualTo((long) count * LastDatagrams.MOST);
    relays.forEach(UdpRelay::close);
  }

  @Test
  void aCrowdBehindOneAddressGetsInByProvingIt() {
    Peer from = peers.open();
    Peer to = peers.open();
    int crowd = 5 * HandshakeGate.ON_TRUST_PER_SOURCE;
    List<RecordingHandler> near = new ArrayList<>();

    peers.onLoop(
        from,
        () -> {
          for (int i = 0; i < crowd; i++) {
            RecordingHandler handler = new RecordingHandler(() -> from.transport().loop());
            near.add(handler);
            from.transport().connect(to.address(), to.transport().localId(), handler);
          }
          return true;
        });

    peers.await(() -> near.stream().allMatch(RecordingHandler::isOpened));
    peers.await(() -> to.transport().stats().connections() == crowd);
  }

  @Test
  void chunksSurviveACrowdOfConnectionsAndCancellations() {
    Peer from = peers.open();
    Peer to = peers.open();
    List<RecordingHandler> near = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      near.add(peers.link(from, to));
    }
    int perConnection = 500;
    Map<RecordingHandler, Map<Long, Integer>> transfers = new HashMap<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int c = 0; c < near.size(); c++) {
      RecordingHandler handler = near.get(c);
      Map<Long, Integer> numbers = new HashMap<>();
      transfers.put(handler, numbers);
      for (int i = 0; i < perConnection; i++) {
        int seed = c * perConnection + i;
        long transfer = peers.sendChunk(from, handler, frame(seed));
        numbers.put(transfer, seed);
        if (random.nextInt(4) == 0) {
          long victim = random.nextLong(transfer + 1);
          peers.onLoop(
              from,
              () -> {
                handler.connection().cancel(victim);
                return true;
              });
        }
      }
    }
    peers.await(() -> near.stream().allMatch(handler -> handler.ended().size() == perConnection));

    int sent = 0;
    for (int c = 0; c < near.size(); c++) {
      RecordingHandler handler = near.get(c);
      RecordingHandler far = to.accepted().get(c);
      List<byte[]> expected =
          handler.ended().stream()
              .filter(end -> end.outcome() == TransferOutcome.SENT)
              .map(Ended::transfer)
              .map(transfer -> frame(transfers.get(handler).get(transfer)))
              .toList();
      sent += expected.size();
      peers.await(() -> far.chunkFrames().size() == expected.size());
      assertThat(far.chunkFrames()).containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(sent).isBetween(1, 4 * perConnection);
  }

  private static byte[] frame(int seed) {
    return Peers.bytes(seed, 1_000 + seed * 7919 % 12_000);
  }

  @Test
  void cancellingWhatIsUnderWayFreesTheQueueForTheNext() {
    Peer from = peers.open();
    Peer to = peers.open();
    RecordingHandler near = peers.link(from, to);
    List<Long> transfers = new ArrayList<>();

    peers.onLoop(
        from,
        () -> {
          for (int i = 0; i < 20; i++) {
            transfers.add(
                near.connection()
                    .sendChunk(ByteBuffer.wrap(Peers.bytes(i, 60_000)), Long.MAX_VALUE));
          }
          transfers.forEach(near.connection()::cancel);
          return true;
        });
    peers.sendChunk(from, near, Peers.bytes(99, 2_000));
    peers.await(() -> near.ended().size() == 21);
    peers.await(() -> to.onlyAccepted().chunkFrames().size() == 1);

    assertThat(to.onlyAccepted().chunkFrames()).containsExactly(Peers.bytes(99, 2_000));
    assertThat(near.ended())
        .filteredOn(end -> end.outcome() == TransferOutcome.CANCELLED)
        .extracting(Ended::transfer)
        .containsExactlyInAnyOrderElementsOf(transfers);
    assertThat(peers.onLoop(from, () -> near.connection().stats().queuedBytes())).isZero();
  }

  @Test
  void whatIsGivenUpUnderWayEndsAtTheReceiverEvenIfItsEndIsLostOnTheWay() {
    Peer from = peers.open();
    Peer to = peers.open();
    try (UdpRelay relay = new UdpRelay(to.address())) {
      RecordingHandler near = peers.linkThrough(relay, from, to);
      QuicConnection far = (QuicConnection) to.onlyAccepted().connection();

      peers.onLoop(
          from,
          () -> {
            ByteBuffer frame = ByteBuffer.wrap(Peers.bytes(1, 60_000));
            long transfer = near.connection().sendChunk(frame, Long.MAX_VALUE);
            // What the window allows is under way, and its acknowledgement waits to be read.
            peers.waste(Duration.ofMillis(10));
            relay.holdBackQuestions(true);
            near.connection().cancel(transfer);
            return true;
          });
      peers.await(() -> near.ended().size() == 1);
      assertThat(near.ended().get(0).outcome()).isEqualTo(TransferOutcome.CANCELLED);
      assertThat(peers.onLoop(to, far::unfinishedChunks)).isEqualTo(1);
      peers.waste(Duration.ofMillis(10));
      relay.holdBackQuestions(false);

      peers.await(() -> peers.onLoop(to, far::unfinishedChunks) == 0);
      assertThat(to.onlyAccepted().chunkFrames()).isEmpty();
    }
  }

  @Test
  void moreThanTheQueueHoldsIsGivenBackAtOnce() {
    Peer from = peers.open();
    RecordingHandler near = peers.link(from, peers.open());
    byte[] frame = Peers.bytes(1, 60_000);
    int count = 2 * (int) (QuicSettings.QUEUED_CHUNK_BYTES / frame.length);

    long queued =
        peers.onLoop(
            from,
            () -> {
              for (int i = 0; i < count; i++) {
                near.connection().sendChunk(ByteBuffer.wrap(frame), Long.MAX_VALUE);
              }
              return near.connection().stats().queuedBytes();
            });
    peers.await(() -> near.ended().size() == count);

    assertThat(queued).isLessThanOrEqualTo(QuicSettings.QUEUED_CHUNK_BYTES);
    assertThat(near.ended()).extracting(Ended::outcome).contains(TransferOutcome.CANCELLED);
  }

  @Test
  void theRoundTripTimeIsKnownOnceFramesHavePassed() {
    Peer from = peers.open();
    Peer to = peers.open();
    RecordingHandler near = peers.link(from, to);

    peers.sendControl(from, near, Peers.bytes(1, 100));

    peers.await(() -> peers.onLoop(from, () -> near.connection().stats().rttMicros()) > 0);
  }
}
