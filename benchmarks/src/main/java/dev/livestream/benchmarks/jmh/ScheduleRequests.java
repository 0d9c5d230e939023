package dev.livestream.benchmarks.jmh;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Deciding which missing chunks to ask of which of 24 neighbours, with a window of 1,024 chunks.
 * The limit is looking at the bitmaps: which chunks are missing, and who holds each.
 */
@State(Scope.Thread)
public class ScheduleRequests extends HotPathBenchmark {
  /** Chunks that are overdue; the rest of the window is there. */
  @Param({"1", "64"})
  public int missing;

  private PullScene scene;
  private long[] own;
  private long[][] held;

  /** For JMH. */
  public ScheduleRequests() {}

  /** Makes the same state twice: for the scheduler, and as mere bitmaps. */
  @Setup
  public void setUp() {
    scene = new PullScene(missing);
    if (scene.askAndAnswer() != missing) {
      throw new IllegalStateException("not every missing chunk is asked for");
    }
    own = new long[SampleStream.WINDOW_CHUNKS / Long.SIZE];
    int distance = SampleStream.WINDOW_CHUNKS / missing;
    for (int chunk = 0; chunk < SampleStream.WINDOW_CHUNKS; chunk++) {
      if (chunk % distance != 0) {
        own[chunk / Long.SIZE] |= 1L << chunk;
      }
    }
    held = new long[PullScene.NEIGHBOURS][own.length];
    for (int i = 0; i < held.length; i++) {
      LongBuffer words =
          ByteBuffer.wrap(PullScene.held(i)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
      words.get(held[i]);
    }
  }

  /** Counts the holders of every missing chunk. */
  @Benchmark
  public int bare() {
    int holders = 0;
    for (int word = 0; word < own.length; word++) {
      for (long holes = ~own[word]; holes != 0; holes &= holes - 1) {
        long hole = Long.lowestOneBit(holes);
        for (long[] map : held) {
          holders += (map[word] & hole) != 0 ? 1 : 0;
        }
      }
    }
    return holders;
  }

  /** One tick of the scheduler, its requests taken out, and their answers told to it. */
  @Benchmark
  public int tick() {
    return scene.askAndAnswer();
  }
}
