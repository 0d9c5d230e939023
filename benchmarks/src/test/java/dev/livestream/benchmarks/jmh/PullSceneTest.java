package dev.livestream.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is timed is what the benchmark's name says. */
class PullSceneTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void everyMissingChunkIsAskedForInEveryTick(int missing) {
    PullScene scene = new PullScene(missing);
    for (int tick = 0; tick < 100; tick++) {
      assertThat(scene.askAndAnswer()).isEqualTo(missing);
    }
  }
}
