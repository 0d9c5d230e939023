package dev.livestream.crypto;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Keys, terms and chunks for tests, the same in every run. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final ChannelKey CHANNEL = ChannelKey.fromSeed(seed(1));
  static final ChannelKey OTHER_CHANNEL = ChannelKey.fromSeed(seed(2));

  private static final List<ChunkPriority> PRIORITIES = List.of(ChunkPriority.values());

  private Samples() {}

  static byte[] seed(int fill) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) fill);
    return seed;
  }

  static SessionTerms terms(int keyId, long epoch, long minSequence) {
    return new SessionTerms(
        keyId, epoch, NOW.minusSeconds(3600), NOW.plusSeconds(3600), minSequence);
  }

  static SessionKey session(int keyId, long epoch, long minSequence) {
    return CHANNEL.openSession(terms(keyId, epoch, minSequence), seed(100 + keyId));
  }

  /** A verifier that knows the sessions' certificates. */
  static ChunkVerifier verifier(SessionKey... sessions) {
    ChunkVerifier verifier = new ChunkVerifier(CHANNEL.id(), 128);
    for (SessionKey session : sessions) {
      verifier.addCertificate(session.certificate(), NOW);
    }
    return verifier;
  }

  static UnsignedChunk chunk(Random random, long epoch, long sequence) {
    byte[] payload = new byte[random.nextInt(300)];
    random.nextBytes(payload);
    ChunkMeta meta =
        new ChunkMeta(
            epoch,
            sequence,
            random.nextLong(ChunkMeta.MAX_NUMBER),
            PRIORITIES.get(random.nextInt(PRIORITIES.size())),
            random.nextInt(ChunkMeta.MAX_KEY_FRAME_DISTANCE + 1),
            payload.length);
    return new UnsignedChunk(meta, ByteBuffer.wrap(payload));
  }

  static List<UnsignedChunk> batch(Random random, long epoch, long first, int count) {
    List<UnsignedChunk> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batch.add(chunk(random, epoch, first + i));
    }
    return batch;
  }
}
