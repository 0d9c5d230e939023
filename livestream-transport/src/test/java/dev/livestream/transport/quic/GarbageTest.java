package dev.livestream.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.spi.PeerAddress;
import dev.livestream.transport.LogProbe;
import dev.livestream.transport.RecordingHandler;
import dev.livestream.transport.quic.Peers.Peer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Datagrams that are not QUIC, or not of any connection, change nothing for those that live. */
@ExtendWith(LogProbe.class)
final class GarbageTest {
  private static final int ROUNDS = 60;
  private static final int RETRY_TAG_BYTES = 16;

  private final Peers peers = new Peers();
  private DatagramSocket stranger;

  @BeforeEach
  void open() throws IOException {
    stranger = new DatagramSocket(Peers.socket("127.0.0.1", 0));
  }

  @AfterEach
  void close() {
    stranger.close();
    peers.close();
  }

  private interface Garbage {
    byte[] datagram(SplittableRandom random);
  }

  private static byte[] noise(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A long header: first byte, version, destination id length; the rest is noise. */
  private static byte[] longHeader(
      SplittableRandom random, int length, int first, int version, int idLength) {
    byte[] bytes = noise(random, length);
    ByteBuffer.wrap(bytes).put((byte) first).putInt(version).put((byte) idLength);
    return bytes;
  }

  private void amidTraffic(Garbage garbage) throws IOException {
    Peer one = peers.open();
    Peer two = peers.open();
    RecordingHandler near = peers.link(one, two);
    RecordingHandler far = two.onlyAccepted();
    SplittableRandom random = new SplittableRandom(7);

    for (int i = 0; i < ROUNDS; i++) {
      throwAt(one.address(), garbage.datagram(random));
      throwAt(two.address(), garbage.datagram(random));
      peers.sendChunk(one, near, Peers.bytes(i, 3_000));
      peers.sendControl(two, far, Peers.bytes(i, 50));
    }

    peers.await(() -> far.chunkFrames().size() == ROUNDS && near.controlFrames().size() == ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(far.chunkFrames()).contains(Peers.bytes(i, 3_000));
      assertThat(near.controlFrames().get(i)).isEqualTo(Peers.bytes(i, 50));
    }
    assertThat(near.isClosed()).isFalse();
    assertThat(far.isClosed()).isFalse();
    assertThat(one.transport().stats().connections()).isEqualTo(1);
    peers.link(peers.open(), one);
  }

  private void throwAt(PeerAddress target, byte[] datagram) throws IOException {
    stranger.send(
        new DatagramPacket(datagram, datagram.length, Peers.socket(target.host(), target.port())));
  }

  @Test
  void noiseOfAnyLength() throws IOException {
    amidTraffic(random -> noise(random, random.nextInt(1_500)));
  }

  @Test
  void shortHeadersOfUnknownConnections() throws IOException {
    amidTraffic(
        random -> {
          byte[] bytes = noise(random, 20 + random.nextInt(1_200));
          bytes[0] = (byte) (0x40 | (bytes[0] & 0x3f));
          return bytes;
        });
  }

  @Test
  void firstDatagramsThatAreNoise() throws IOException {
    amidTraffic(random -> longHeader(random, 1_200, 0xc0 | random.nextInt(16), 1, 8));
  }

  @Test
  void firstDatagramsThatClaimATokenAndAreNoise() throws IOException {
    amidTraffic(
        random -> {
          byte[] bytes = longHeader(random, 1_200, 0xc0 | random.nextInt(16), 1, 8);
          bytes[14] = 0; // No source id;
          bytes[15] = 60; // a token of sixty bytes.
          return bytes;
        });
  }

  /** The proof gets it as far as a connection, for which there is no room. */
  @Test
  void noiseFromAProvenAddressWhereThereIsNoRoom() throws IOException {
    Peer full = peers.open(Peers.connections(1));
    RecordingHandler near = peers.link(peers.open(), full);
    ByteBuffer first = ByteBuffer.wrap(longHeader(new SplittableRandom(11), 1_200, 0xc0, 1, 8));
    first.put(14, (byte) 8).put(23, (byte) 0); // A source id, and no token.
    throwAt(full.address(), first.array());
    byte[] retry = heard();
    int idAndToken = 15; // After the first byte, the version, and the stranger's id.
    int token = idAndToken + 8;
    int tokenLength = retry.length - token - RETRY_TAG_BYTES;
    ByteBuffer second = ByteBuffer.wrap(longHeader(new SplittableRandom(13), 1_200, 0xc0, 1, 8));
    second.put(6, retry, idAndToken, 8).position(14);
    second.put((byte) 0).put((byte) tokenLength).put(retry, token, tokenLength);
    second.putShort((short) (0x4000 | second.remaining() - Short.BYTES));
    long before = full.transport().stats().datagramsReceived();

    throwAt(full.address(), second.array());

    peers.await(() -> full.transport().stats().datagramsReceived() > before);
    assertThat(peers.onLoop(full, near::isClosed)).isFalse();
  }

  /** What the stranger is answered. */
  private byte[] heard() throws IOException {
    DatagramPacket answer = new DatagramPacket(new byte[1_500], 1_500);
    stranger.receive(answer);
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }

  @Test
  void otherLongHeadersOfUnknownConnections() throws IOException {
    amidTraffic(random -> longHeader(random, 1_300, 0xd0 | random.nextInt(48), 1, 8));
  }

  @Test
  void versionsThatNobodySpeaks() throws IOException {
    amidTraffic(random -> longHeader(random, 1_250, 0xc0, random.nextInt() | 2, 8));
  }

  @Test
  void idsThatAreTooLong() throws IOException {
    amidTraffic(random -> longHeader(random, 1_250, 0xc0, 1, 21 + random.nextInt(230)));
  }

  @Test
  void whatBelongsToNobodyIsCounted() throws IOException {
    Peer peer = peers.open();
    SplittableRandom random = new SplittableRandom(3);

    for (int i = 0; i < 50; i++) {
      throwAt(peer.address(), noise(random, 40));
    }

    peers.await(() -> peer.transport().stats().datagramsDropped() == 50);
    assertThat(peer.transport().stats().datagramsReceived()).isEqualTo(50);
    assertThat(peer.transport().stats().datagramsSent()).isZero();
  }

  @Test
  void anEndpointNeverSendsMoreThanThreeTimesWhatAStrangerSent() throws IOException {
    Peer peer = peers.open();
    SplittableRandom random = new SplittableRandom(5);

    for (int i = 0; i < 50; i++) {
      throwAt(peer.address(), longHeader(random, 1_200, 0xc0, 0x1234, 8));
    }

    peers.await(() -> peer.transport().stats().datagramsReceived() == 50);
    assertThat(peer.transport().stats().bytesSent()).isLessThan(3 * 50 * 1_200);
  }
}
