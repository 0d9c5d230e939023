package dev.livestream.benchmarks.jmh;

import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.ChunkProof;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.StreamParameters;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The stream that all benchmarks use: 2.5 Mbit/s in full chunks of 4 KiB, 16 substreams, a window
 * of 1,024 chunks, a key frame every two seconds. The payload is random, as compressed media is;
 * the same in every run.
 */
final class SampleStream {
  static final int CHUNK_BYTES = 4_096;
  static final int WINDOW_CHUNKS = 1_024;
  static final int SUBSTREAMS = 16;

  /** The broadcaster's time of chunk 0, in microseconds since the Unix epoch. */
  static final long START_MICROS = 1_700_000_000_000_000L;

  private static final long BITRATE = 2_500_000;
  private static final long CHUNK_MICROS = CHUNK_BYTES * 8L * 1_000_000 / BITRATE;
  private static final int KEY_FRAME_CHUNKS = 152;
  private static final long EPOCH = 1_700_000_000_000L;

  private final SessionKey session;
  private final Random random = new Random(1);

  SampleStream() {
    Instant start = Instant.ofEpochMilli(EPOCH);
    SessionTerms terms =
        new SessionTerms(1, EPOCH, start.minusSeconds(60), start.plusSeconds(86_400), 0);
    session = ChannelKey.fromSeed(new byte[32]).openSession(terms, new byte[32]);
  }

  ChannelId channel() {
    return session.certificate().channel();
  }

  SessionKey session() {
    return session;
  }

  long epoch() {
    return EPOCH;
  }

  Manifest manifest() {
    StreamParameters parameters =
        new StreamParameters(SUBSTREAMS, CHUNK_BYTES, WINDOW_CHUNKS, BITRATE);
    return Manifest.sign(session, 1, "sample", "", new byte[0], parameters, 0);
  }

  /** The broadcaster's time of a chunk. */
  static long timestamp(long sequence) {
    return START_MICROS + sequence * CHUNK_MICROS;
  }

  /** Some chunks as the broadcaster has them before it signs. */
  List<UnsignedChunk> unsigned(long first, int count) {
    List<UnsignedChunk> chunks = new ArrayList<>(count);
    for (long sequence = first; sequence < first + count; sequence++) {
      byte[] payload = new byte[CHUNK_BYTES];
      random.nextBytes(payload);
      ChunkMeta meta =
          new ChunkMeta(
              EPOCH,
              sequence,
              timestamp(sequence),
              ChunkPriority.ORDINARY,
              (int) (sequence % KEY_FRAME_CHUNKS),
              CHUNK_BYTES);
      chunks.add(new UnsignedChunk(meta, ByteBuffer.wrap(payload)));
    }
    return chunks;
  }

  /**
   * The first chunks of the stream as they travel.
   *
   * @param batch how many are signed together; divides {@code count}
   */
  List<Chunk> chunks(int count, int batch) {
    List<Chunk> chunks = new ArrayList<>(count);
    for (int first = 0; first < count; first += batch) {
      List<UnsignedChunk> unsigned = unsigned(first, batch);
      List<ChunkProof> proofs = session.signBatch(unsigned);
      for (int i = 0; i < batch; i++) {
        UnsignedChunk chunk = unsigned.get(i);
        chunks.add(ChunkCodec.encode(chunk.meta(), proofs.get(i), chunk.payload()));
      }
    }
    return chunks;
  }

  /**
   * Some chunks of one substream, each signed alone.
   *
   * @param n how far they are apart
   * @param first the first one's number
   */
  List<Chunk> everyNth(int n, long first, int count) {
    List<Chunk> chunks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      List<UnsignedChunk> one = unsigned(first + (long) i * n, 1);
      UnsignedChunk chunk = one.get(0);
      chunks.add(ChunkCodec.encode(chunk.meta(), session.signBatch(one).get(0), chunk.payload()));
    }
    return chunks;
  }
}
