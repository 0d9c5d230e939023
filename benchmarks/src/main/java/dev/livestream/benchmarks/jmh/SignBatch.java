package dev.livestream.benchmarks.jmh;

import dev.livestream.crypto.ChunkProof;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.UnsignedChunk;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Signing chunks that were written together, a whole batch per operation. The limit is hashing
 * their payloads and making one signature.
 */
@State(Scope.Thread)
public class SignBatch extends HotPathBenchmark {
  /** Chunks signed together. */
  @Param({"1", "4", "8"})
  public int batch;

  private final BareCrypto crypto = new BareCrypto();
  private SessionKey session;
  private List<UnsignedChunk> chunks;

  /** For JMH. */
  public SignBatch() {}

  /** Makes the chunks. */
  @Setup
  public void setUp() {
    SampleStream stream = new SampleStream();
    session = stream.session();
    chunks = stream.unsigned(0, batch);
  }

  /** SHA-256 over each payload and one Ed25519 signature. */
  @Benchmark
  public void bare(Blackhole blackhole) {
    for (UnsignedChunk chunk : chunks) {
      blackhole.consume(crypto.hash(chunk.payload().array()));
    }
    blackhole.consume(crypto.sign());
  }

  /** As a broadcaster does it. */
  @Benchmark
  public List<ChunkProof> sign() {
    return session.signBatch(chunks);
  }
}
