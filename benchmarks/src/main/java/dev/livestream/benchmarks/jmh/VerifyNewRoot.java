package dev.livestream.benchmarks.jmh;

import dev.livestream.crypto.Verdict;
import dev.livestream.node.ChannelAuthenticator;
import dev.livestream.wire.Chunk;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Verifying the first chunk that comes of a batch. The limit is hashing its payload and checking
 * one signature.
 */
@State(Scope.Thread)
public class VerifyNewRoot extends HotPathBenchmark {
  private final BareCrypto crypto = new BareCrypto();
  private final byte[] payload = new byte[SampleStream.CHUNK_BYTES];

  /** For JMH. */
  public VerifyNewRoot() {}

  /** A chunk and a verifier that forgets. */
  @State(Scope.Thread)
  public static class Forgetful {
    /** Chunks signed together. */
    @Param({"1", "8"})
    public int batch;

    private ChannelAuthenticator authenticator;
    private Chunk chunk;
    private long epoch;

    /** For JMH. */
    public Forgetful() {}

    /** Makes both. */
    @Setup
    public void setUp() {
      SampleStream stream = new SampleStream();
      chunk = stream.chunks(batch, batch).get(batch - 1);
      epoch = stream.epoch();
      authenticator = new ChannelAuthenticator(stream.channel());
      Verification.introduce(authenticator, stream);
      Verification.require(authenticator.verify(chunk, SampleStream.START_MICROS));
    }
  }

  /** Takes the payload that {@link #verify} hashes too. */
  @Setup
  public void setUp() {
    new SampleStream().chunks(1, 1).get(0).payload().get(payload);
  }

  /** SHA-256 over the payload and an Ed25519 check. */
  @Benchmark
  public void bare(Blackhole blackhole) {
    blackhole.consume(crypto.hash(payload));
    blackhole.consume(crypto.verify());
  }

  /** As an engine does it; then the root is forgotten, which costs a thousandth of the rest. */
  @Benchmark
  public Verdict verify(Forgetful forgetful) {
    forgetful.authenticator.forgetBefore(forgetful.epoch, forgetful.batch);
    return forgetful.authenticator.verify(forgetful.chunk, SampleStream.START_MICROS);
  }
}
