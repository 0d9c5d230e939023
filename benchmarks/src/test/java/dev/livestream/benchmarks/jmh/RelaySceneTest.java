package dev.livestream.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.wire.Chunk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is timed is what the benchmark's name says. */
class RelaySceneTest {
  private final SampleStream stream = new SampleStream();
  private final RelayScene scene =
      new RelayScene(stream.manifest(), SamplePeers.records(RelayScene.PEERS));

  @Test
  void eachChunkOfTheHomeSubstreamGoesToAllChildrenAndOthersToNone() {
    for (Chunk chunk : stream.chunks(8 * SampleStream.SUBSTREAMS, 8)) {
      boolean home = chunk.sequence() % SampleStream.SUBSTREAMS == scene.home();
      assertThat(scene.relay(chunk)).isEqualTo(home ? RelayScene.CHILDREN : 0);
    }
  }

  @Test
  void everyChunkOfAWholeStreamReachesTheReader() {
    List<Chunk> chunks = stream.chunks(2 * SampleStream.WINDOW_CHUNKS, 8);
    chunks.forEach(scene::relay);
    assertThat(scene.delivered()).isEqualTo(chunks.size());
  }

  @Test
  void theHomeSubstreamAloneIsRelayedForAsLongAsTheBenchmarkRuns() {
    List<Chunk> chunks = stream.everyNth(SampleStream.SUBSTREAMS, scene.home(), 1_000);
    assertThat(chunks).allSatisfy(chunk -> assertThat(scene.relay(chunk)).isEqualTo(16));
  }
}
