package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RhythmTest {
  private static final long LEAST = 90_000;

  private final Rhythm rhythm = new Rhythm();

  private void observe(int times, long... pauses) {
    for (int i = 0; i < times; i++) {
      for (long pause : pauses) {
        rhythm.observe(pause);
      }
    }
  }

  @Test
  void nothingIsKnownBeforeAFewChunksHaveCome() {
    observe(7, 100_000);
    assertThat(rhythm.isKnown()).isFalse();

    observe(1, 100_000);
    assertThat(rhythm.isKnown()).isTrue();
  }

  @Test
  void whereChunksComeRegularlyALittleLongerMeansSomething() {
    observe(50, 100_000);

    assertThat(rhythm.longest(LEAST)).isEqualTo(100_000 + LEAST);
  }

  @Test
  void whereTheyDoNotItMustBeClearlyLonger() {
    observe(50, 50_000, 150_000);

    assertThat(rhythm.longest(LEAST)).isGreaterThan(300_000);
  }

  @Test
  void anInterruptionIsNoRhythm() {
    observe(50, 100_000, 110_000);
    long before = rhythm.longest(LEAST);
    observe(1, 10_000_000);

    assertThat(rhythm.longest(LEAST)).isLessThan(2 * before);
  }

  @Test
  void aSlowerStreamIsGotUsedTo() {
    observe(50, 100_000, 110_000);
    observe(200, 500_000);

    assertThat(rhythm.longest(LEAST)).isGreaterThan(500_000);
  }
}
