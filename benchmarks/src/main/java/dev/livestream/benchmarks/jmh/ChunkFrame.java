package dev.livestream.benchmarks.jmh;

import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.WireException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A chunk of 4 KiB, signed in a batch of four, into its frame and out of it. The limit is copying
 * the frame to where it is kept; reading one copies no payload, so it can be faster than that.
 */
@State(Scope.Thread)
public class ChunkFrame extends HotPathBenchmark {
  private static final int BATCH = 4;

  private Chunk chunk;
  private ByteBuffer payload;
  private byte[] frame;

  /** For JMH. */
  public ChunkFrame() {}

  /** Makes a chunk. */
  @Setup
  public void setUp() {
    chunk = new SampleStream().chunks(BATCH, BATCH).get(0);
    byte[] bytes = new byte[chunk.payloadBytes()];
    chunk.payload().get(bytes);
    payload = ByteBuffer.wrap(bytes);
    frame = new byte[chunk.frameBytes()];
    chunk.frame().get(frame);
  }

  /** A new array with the frame's bytes. */
  @Benchmark
  public byte[] bare() {
    return frame.clone();
  }

  /** As a broadcaster does it, once for each chunk. */
  @Benchmark
  public Chunk encode() {
    return ChunkCodec.encode(chunk.meta(), chunk.proof(), payload);
  }

  /** As every peer does it with each chunk that comes. */
  @Benchmark
  public Chunk decode() throws WireException {
    return ChunkCodec.decode(ByteBuffer.wrap(frame));
  }
}
