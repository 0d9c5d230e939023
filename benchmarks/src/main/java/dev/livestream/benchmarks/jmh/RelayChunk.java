package dev.livestream.benchmarks.jmh;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Output;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.PeerRecord;
import java.util.ArrayDeque;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A verified chunk on its way through the engine of a relay with 16 children: {@code handle}, all
 * of {@code poll}, and the reports that the transfers have ended. The limit is making the outputs
 * and passing them through a queue.
 *
 * <p>Sequence numbers only grow, so a stretch of stream goes through a fresh engine each time.
 * Making the engine is not timed, but its memory is in the allocation figures, divided by the
 * chunks.
 */
@State(Scope.Thread)
public class RelayChunk extends HotPathBenchmark {
  private static final int CHUNKS = 8_192;
  private static final int BATCH = 8;

  /**
   * Which chunks come: those of the {@code home} substream, each of which goes to all children; or
   * {@code every} one, of which one in 16 does.
   */
  @Param({"home", "every"})
  public String substreams;

  private final List<PeerRecord> records = SamplePeers.records(RelayScene.PEERS);
  private final ArrayDeque<Output> outputs = new ArrayDeque<>();
  private Manifest manifest;
  private List<Chunk> chunks;
  private RelayScene scene;
  private int home;

  /** For JMH. */
  public RelayChunk() {}

  /** Makes the stretch of stream. */
  @Setup
  public void makeStream() {
    SampleStream stream = new SampleStream();
    manifest = stream.manifest();
    home = new RelayScene(manifest, records).home();
    chunks =
        substreams.equals("home")
            ? stream.everyNth(SampleStream.SUBSTREAMS, home, CHUNKS)
            : stream.chunks(CHUNKS, BATCH);
  }

  /** Makes an engine that has seen no chunk yet. */
  @Setup(Level.Invocation)
  public void makeEngine() {
    scene = new RelayScene(manifest, records);
    if (scene.children() != RelayScene.CHILDREN) {
      throw new IllegalStateException("the relay has " + scene.children() + " children");
    }
  }

  /** Makes the same outputs, and passes them through a queue. */
  @Benchmark
  @OperationsPerInvocation(CHUNKS)
  public void bare(Blackhole blackhole) {
    long transfer = 0;
    for (Chunk chunk : chunks) {
      if (chunk.sequence() % SampleStream.SUBSTREAMS == home) {
        for (int i = 0; i < RelayScene.CHILDREN; i++) {
          PeerId child = records.get(i + 2).id();
          outputs.add(new Output.SendChunk(child, transfer++, chunk, Long.MAX_VALUE));
        }
      }
      outputs.add(new Output.Deliver(chunk, 0));
      for (Output output = outputs.poll(); output != null; output = outputs.poll()) {
        blackhole.consume(output);
      }
    }
  }

  /** Sends the stretch through the engine. */
  @Benchmark
  @OperationsPerInvocation(CHUNKS)
  public int relay() {
    int sent = 0;
    for (Chunk chunk : chunks) {
      sent += scene.relay(chunk);
    }
    return sent;
  }
}
