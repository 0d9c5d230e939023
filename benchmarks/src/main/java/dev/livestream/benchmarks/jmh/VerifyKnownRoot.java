package dev.livestream.benchmarks.jmh;

import dev.livestream.crypto.Verdict;
import dev.livestream.node.ChannelAuthenticator;
import dev.livestream.wire.Chunk;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Verifying a chunk whose batch has been seen: the usual case. The limit is hashing the payload.
 */
@State(Scope.Thread)
public class VerifyKnownRoot extends HotPathBenchmark {
  private static final int CHUNKS = 64;

  private final BareCrypto crypto = new BareCrypto();
  private final byte[][] payloads = new byte[CHUNKS][SampleStream.CHUNK_BYTES];
  private int next;

  /** For JMH. */
  public VerifyKnownRoot() {}

  /** Chunks and a verifier that knows their roots. */
  @State(Scope.Thread)
  public static class Known {
    /** Chunks signed together. */
    @Param({"1", "4", "8"})
    public int batch;

    private ChannelAuthenticator authenticator;
    private List<Chunk> chunks;

    /** For JMH. */
    public Known() {}

    /** Verifies every chunk once. */
    @Setup
    public void setUp() {
      SampleStream stream = new SampleStream();
      chunks = stream.chunks(CHUNKS, batch);
      authenticator = new ChannelAuthenticator(stream.channel());
      Verification.introduce(authenticator, stream);
      for (Chunk chunk : chunks) {
        Verification.require(authenticator.verify(chunk, SampleStream.START_MICROS));
      }
    }
  }

  /** Takes the payloads that {@link #verify} hashes too. */
  @Setup
  public void setUp() {
    List<Chunk> chunks = new SampleStream().chunks(CHUNKS, 1);
    for (int i = 0; i < CHUNKS; i++) {
      chunks.get(i).payload().get(payloads[i]);
    }
  }

  private int turn() {
    next = (next + 1) % CHUNKS;
    return next;
  }

  /** SHA-256 over the payload. */
  @Benchmark
  public byte[] bare() {
    return crypto.hash(payloads[turn()]);
  }

  /** As an engine does it with each chunk that comes. */
  @Benchmark
  public Verdict verify(Known known) {
    return known.authenticator.verify(known.chunks.get(turn()), SampleStream.START_MICROS);
  }
}
