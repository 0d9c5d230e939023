package dev.livestream.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How fast the stream is, and how often things are told in it. */
class StreamRateTest {
  private static final long SECOND = 1_000_000;

  private static long paced(long bitsPerSecond) {
    return new StreamRate(bitsPerSecond, 4_096).paced(SECOND);
  }

  @Test
  void whatIsToldRoutinelyKeepsItsPaceInAFastStream() {
    assertThat(paced(2_000_000)).isEqualTo(SECOND);
    assertThat(paced(50_000_000)).isEqualTo(SECOND);
  }

  @Test
  void whatIsToldRoutinelyIsToldLessOftenInASlowStream() {
    assertThat(paced(1_600_000)).isEqualTo(SECOND * 5 / 4);
  }

  @Test
  void newsIsNeverOlderThanNeighboursBelieve() {
    assertThat(paced(500_000)).isEqualTo(2 * SECOND);
    assertThat(paced(1)).isEqualTo(2 * SECOND);
  }
}
