package dev.livestream.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.ChunkProof;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.crypto.Verdict;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import dev.livestream.wire.StreamParameters;
import dev.livestream.wire.WireLimits;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few peers that say anything the wire allows, and what is genuine of it. */
final class FuzzedPeers {
  static final int PEERS = 10;
  static final int SUBSTREAMS = 4;

  private static final ChannelKey OTHER =
      ChannelKey.fromSeed("another channel's private key!!!".getBytes(US_ASCII));
  private static final int EPOCHS = 3;
  private static final String LONG_HOST = "a".repeat(WireLimits.HOST_BYTES);

  final ChannelKey key = ChannelKey.fromSeed(new byte[32]);
  final PeerIdentity self = identity(0);
  final List<PeerRecord> records = new ArrayList<>();
  private final List<Manifest> manifests = new ArrayList<>();
  private final ChunkProof proof;

  FuzzedPeers() {
    for (int i = 0; i <= PEERS; i++) {
      List<PeerAddress> addresses =
          i % 3 == 2
              ? List.of(new PeerAddress(LONG_HOST, 1), new PeerAddress(LONG_HOST, 2))
              : List.of(address(i));
      records.add(PeerRecord.sign(identity(i), i == 4 ? List.of() : addresses, i, i == 5));
    }
    SessionKey session = session(1);
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      StreamParameters parameters =
          new StreamParameters(epoch == 3 ? 2 : SUBSTREAMS, 512, 64, 100_000);
      manifests.add(Manifest.sign(session(epoch), 1, "genuine", "", new byte[0], parameters, 0));
      manifests.add(Manifest.sign(session(epoch), 2, "forged", "", new byte[0], parameters, 7));
      manifests.add(Manifest.sign(session(epoch), 3, "genuine", "", new byte[0], parameters, 90));
    }
    ChunkMeta meta = new ChunkMeta(1, 0, 0, ChunkPriority.ORDINARY, 0, 1);
    proof = session.signBatch(List.of(new UnsignedChunk(meta, ByteBuffer.allocate(1)))).get(0);
  }

  private static PeerIdentity identity(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) (number + 1));
    return PeerIdentity.fromSeed(seed);
  }

  private SessionKey session(long epoch) {
    return key.openSession(
        new SessionTerms(1, epoch, Instant.EPOCH, Instant.EPOCH.plusSeconds(1_000_000), 0),
        new byte[32]);
  }

  static PeerAddress address(int number) {
    return new PeerAddress("192.0.2." + number, 4_000);
  }

  /** One of the peers, never this one. */
  PeerRecord other(Choices choices) {
    return records.get(1 + choices.below(PEERS));
  }

  Manifest manifest(Choices choices) {
    int epoch = choices.one(6) ? 3 : 1 + choices.below(2);
    int version = choices.one(20) ? 2 : choices.one(20) ? 3 : 1;
    return manifests.get((epoch - 1) * 3 + version - 1);
  }

  /** What a source would publish. */
  Manifest genuineManifest(int epoch, int version) {
    return manifests.get((epoch - 1) * 3 + (version == 1 ? 0 : 2));
  }

  Chunk chunk(Choices choices, long nowMicros) {
    // A broadcaster is no liar: only forgeries have impossible numbers and lengths.
    boolean genuine = !choices.one(60);
    return chunk(
        genuine ? 1 + choices.below(2) : choices.number(4),
        genuine ? choices.below(100) : choices.number(100),
        Math.max(0, nowMicros - choices.micros()),
        choices.below(40),
        genuine ? choices.below(256) : 600,
        genuine);
  }

  /** What an honest peer might say to a message; null if it would say nothing. */
  @Nullable Message answer(Message message, Choices choices) {
    if (message instanceof Message.Attach ask) {
      return choices.one(5)
          ? new Message.Redirect(
              ask.substream(),
              choices.one(2) ? RedirectReason.FULL : RedirectReason.PASSED_ON,
              few(choices))
          : new Message.Attached(ask.substream(), path(choices), few(choices), null);
    } else if (message instanceof Message.Neighbour) {
      return new Message.Neighbour(Message.Neighbour.Kind.ACCEPT);
    } else if (message instanceof Message.Ping ping) {
      return new Message.Pong(ping.nonce());
    } else if (message instanceof Message.Attached granted) {
      return new Message.Spare(granted.substream(), choices.below(20), few(choices), 9);
    }
    return null;
  }

  Chunk chunk(
      long epoch, long sequence, long timestamp, int distance, int length, boolean genuine) {
    ChunkMeta meta =
        new ChunkMeta(epoch, sequence, timestamp, ChunkPriority.ORDINARY, distance, length + 1);
    byte[] payload = new byte[length + 1];
    payload[0] = (byte) (genuine ? 1 : sequence % 2 * 2);
    return ChunkCodec.encode(meta, proof, ByteBuffer.wrap(payload));
  }

  static boolean isGenuine(Chunk chunk) {
    return chunk.payload().get(0) == 1;
  }

  private List<PeerRecord> few(Choices choices) {
    List<PeerRecord> few = new ArrayList<>();
    int count = choices.one(6) ? WireLimits.RECORDS : choices.below(4);
    for (int i = 0; i < count; i++) {
      few.add(records.get(choices.below(records.size())));
    }
    return few;
  }

  private static long[] sequences(Choices choices) {
    long[] sequences = new long[choices.one(10) ? WireLimits.SEQUENCES : choices.below(6)];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i] = i > 8 ? i : choices.number(100);
    }
    return sequences;
  }

  private long[] path(Choices choices) {
    long[] path = new long[choices.one(8) ? WireLimits.PATH_HOPS : choices.below(5)];
    for (int i = 0; i < path.length; i++) {
      path[i] = i > 5 ? i : records.get(choices.below(records.size())).id().shortId();
    }
    return path;
  }

  private static byte[] bits(Choices choices) {
    byte[] bits = new byte[choices.one(8) ? WireLimits.HAVE_BYTES : choices.below(12)];
    Arrays.fill(bits, (byte) choices.below(256));
    return bits;
  }

  Message.Hello hello(PeerRecord record, Choices choices) {
    boolean odd = choices.one(40);
    return new Message.Hello(
        odd ? choices.below(4) : WireLimits.VERSION,
        odd ? choices.below(4) : WireLimits.VERSION,
        choices.one(60) ? OTHER.id() : key.id(),
        choices.one(60) ? other(choices) : record,
        choices.one(4) ? Role.SOURCE : Role.VIEWER,
        choices.one(2) ? address(200) : null);
  }

  /** Anything that a codec lets through. */
  Message message(PeerRecord speaker, Choices choices) {
    int substream = choices.one(12) ? choices.below(WireLimits.SUBSTREAMS) : choices.below(4);
    long epoch = choices.one(8) ? choices.number(5) : 1 + choices.below(2);
    int slots = (int) Math.min(WireLimits.SLOTS, choices.number(60));
    return switch (choices.below(22)) {
      case 0 -> choices.one(10) ? hello(speaker, choices) : new Message.Ping(1);
      case 1 -> new Message.ManifestUpdate(manifest(choices));
      case 2 -> new Message.ManifestUpdate(genuineManifest(1, 1));
      case 3, 4, 5 ->
          new Message.Have(
              epoch,
              choices.number(100),
              bits(choices),
              (int) Math.min(Integer.MAX_VALUE, choices.number(200)),
              choices.number(100) - 1,
              (int) Math.min(Integer.MAX_VALUE, choices.number(100)),
              (int) Math.min(Integer.MAX_VALUE, choices.number(100)),
              choices.one(3));
      case 6, 7 -> new Message.Request(epoch, sequences(choices));
      case 8 -> new Message.Refuse(epoch, sequences(choices));
      case 9 -> new Message.Cancel(epoch, sequences(choices));
      case 10, 11 -> {
        Message.Attach ask = new Message.Attach(substream, slots, choices.one(2));
        yield choices.one(2)
            ? ask
            : new Message.Wanted(ask, other(choices), choices.below(WireLimits.WANTED_HOPS + 1));
      }
      case 12, 13 ->
          new Message.Attached(
              substream,
              path(choices),
              few(choices),
              choices.one(3) ? other(choices) : null,
              choices.number(100));
      case 14 ->
          new Message.Redirect(
              substream, choices.of(List.of(RedirectReason.values())), few(choices));
      case 15 -> new Message.Detach(substream, choices.number(100));
      case 16 -> new Message.PathUpdate(substream, path(choices));
      case 17 -> new Message.Spare(substream, slots, few(choices), slots);
      case 18 -> {
        int[] spare = new int[choices.one(4) ? choices.below(WireLimits.SUBSTREAMS) : SUBSTREAMS];
        Arrays.fill(spare, (int) Math.min(Integer.MAX_VALUE, choices.number(50)));
        yield new Message.Supply(spare);
      }
      case 19 -> {
        int[] levels = new int[choices.one(4) ? choices.below(WireLimits.SUBSTREAMS) : SUBSTREAMS];
        Arrays.fill(levels, choices.below(WireLimits.PATH_HOPS + 1));
        yield choices.one(2)
            ? new Message.Shuffle(few(choices), choices.one(2))
            : places(levels, slots, choices);
      }
      case 20 ->
          choices.one(4)
              ? new Message.Goodbye(CloseReason.LEAVING, few(choices))
              : choices.one(2) ? new Message.Ping(1) : new Message.Pong(1);
      default -> new Message.Neighbour(choices.of(List.of(Message.Neighbour.Kind.values())));
    };
  }

  private static Message places(int[] levels, int slots, Choices choices) {
    int[] behind = new int[levels.length];
    Arrays.fill(behind, choices.below(WireLimits.DELAY_MILLIS + 1));
    long present = Math.min(WireLimits.TIMESTAMP_MILLIS, choices.number(2_000));
    int home = choices.below(SUBSTREAMS + 1) - 1;
    return new Message.Places(slots, home, slots, levels, present, behind, choices.below(1_000));
  }

  /** Knows what these peers forge. */
  static final class Knowing implements Authenticator {
    @Override
    public boolean accept(Manifest manifest, long nowMicros) {
      return manifest.title().equals("genuine");
    }

    @Override
    public Verdict verify(Chunk chunk, long nowMicros) {
      if (isGenuine(chunk)) {
        return Verdict.VERIFIED;
      }
      return chunk.payload().get(0) == 0 ? Verdict.BAD_SIGNATURE : Verdict.UNKNOWN_KEY;
    }

    @Override
    public boolean isGenuine(PeerRecord record) {
      return record.issuedAtSeconds() != 6;
    }

    @Override
    public void forgetBefore(long epoch, long sequence) {
      // It remembers nothing.
    }

    private static boolean isGenuine(Chunk chunk) {
      return FuzzedPeers.isGenuine(chunk);
    }
  }
}
