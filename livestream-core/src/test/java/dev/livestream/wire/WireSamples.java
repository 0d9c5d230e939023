package dev.livestream.wire;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.ChunkProof;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One of everything that travels, the same at every run. */
final class WireSamples {
  static final long EPOCH = 1_700_000_000_000L;

  private WireSamples() {}

  private static byte[] seed(int value) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) value);
    return seed;
  }

  static ChannelKey channel() {
    return ChannelKey.fromSeed(seed(1));
  }

  static SessionKey session() {
    Instant begin = Instant.ofEpochMilli(EPOCH);
    return channel()
        .openSession(new SessionTerms(3, EPOCH, begin, begin.plusSeconds(60), 0), seed(2));
  }

  static PeerRecord record(int number) {
    return PeerRecord.sign(
        PeerIdentity.fromSeed(seed(number)),
        List.of(new PeerAddress("192.0.2." + number, 4_000), new PeerAddress("2001:db8::1", 1)),
        1_700_000_000L,
        number % 2 == 0);
  }

  static Manifest manifest() {
    return Manifest.sign(
        session(),
        1,
        "Harbour cam",
        "video/mp2t",
        new byte[] {1, 2, 3},
        new StreamParameters(16, 4_096, 1_024, 2_500_000),
        77);
  }

  /** One message of every kind, and some at their limits. */
  static List<Message> messages() {
    List<PeerRecord> records = List.of(record(3), record(4));
    long[] path = {1, -2, Long.MAX_VALUE, Long.MIN_VALUE};
    long[] sequences = {0, 5, Long.MAX_VALUE / 4};
    List<Message> all = new ArrayList<>();
    all.add(
        new Message.Hello(
            1, 1, channel().id(), record(3), Role.SOURCE, new PeerAddress("198.51.100.7", 65_535)));
    all.add(new Message.Hello(9, 1, channel().id(), record(4), Role.VIEWER, null));
    all.add(new Message.Hello(1, 1, channel().id(), record(4), Role.VIEWER, null, EPOCH, 7));
    all.add(new Message.ManifestUpdate(manifest()));
    all.add(new Message.Have(EPOCH, 5, new byte[] {1, -1, 0}, 20, 4, 150, 2_000, true));
    all.add(new Message.Request(EPOCH, sequences));
    all.add(new Message.Refuse(EPOCH, sequences));
    all.add(new Message.Cancel(EPOCH, new long[0]));
    all.add(new Message.Attach(63, WireLimits.SLOTS, true));
    for (Message.Attach.Need need : Message.Attach.Need.values()) {
      all.add(new Message.Attach(0, 0, false, need));
    }
    Message.Attach ask = new Message.Attach(63, 4, true);
    all.add(new Message.Wanted(ask, record(4), 0));
    all.add(new Message.Wanted(ask, record(5), WireLimits.WANTED_HOPS));
    all.add(new Message.Attached(0, path, records, record(5)));
    all.add(new Message.Attached(1, new long[0], List.of(), null));
    for (RedirectReason reason : RedirectReason.values()) {
      all.add(new Message.Redirect(2, reason, records));
    }
    all.add(new Message.Attached(2, path, records, null, 1_000_000));
    all.add(new Message.Detach(7));
    all.add(new Message.Detach(7, 1_234_567));
    all.add(new Message.PathUpdate(7, path));
    all.add(new Message.Spare(1, 12, records, 3));
    all.add(new Message.Supply(new int[] {0, 1, Integer.MAX_VALUE}));
    all.add(new Message.Places(0, -1, 0, new int[0]));
    int[] levels = {0, 1, WireLimits.PATH_HOPS};
    int[] behind = {0, 250, WireLimits.DELAY_MILLIS};
    all.add(new Message.Places(WireLimits.SLOTS, 63, 5, levels));
    all.add(new Message.Places(3, 2, 0, levels, 1_767_225_600_123L, behind, 150));
    all.add(new Message.Shuffle(records, true));
    all.add(new Message.Ping(-1));
    all.add(new Message.Pong(Long.MIN_VALUE));
    for (Message.Neighbour.Kind kind : Message.Neighbour.Kind.values()) {
      all.add(new Message.Neighbour(kind));
    }
    all.add(new Message.Goodbye(CloseReason.LEAVING, records));
    return all;
  }

  static Chunk chunk(int length, int batch) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    List<UnsignedChunk> chunks = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      ChunkMeta meta =
          new ChunkMeta(EPOCH, i, EPOCH * 1_000 + i, ChunkPriority.KEY_FRAME, i, length);
      chunks.add(new UnsignedChunk(meta, ByteBuffer.wrap(payload)));
    }
    List<ChunkProof> proofs = session().signBatch(chunks);
    int last = batch - 1;
    return ChunkCodec.encode(chunks.get(last).meta(), proofs.get(last), ByteBuffer.wrap(payload));
  }
}
