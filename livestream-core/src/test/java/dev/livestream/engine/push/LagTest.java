package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagTest {
  private final Lag lag = new Lag();

  private void observe(int times, long micros) {
    for (int i = 0; i < times; i++) {
      lag.observe(micros);
    }
  }

  @Test
  void nothingIsKnownBeforeAFewChunksHaveCome() {
    observe(3, 100_000);
    assertThat(lag.isKnown()).isFalse();

    observe(1, 100_000);
    assertThat(lag.isKnown()).isTrue();
    assertThat(lag.micros()).isEqualTo(100_000);
  }

  @Test
  void whereDelaysVaryMostChunksKeepToIt() {
    for (int i = 0; i < 200; i++) {
      observe(1, i % 2 == 0 ? 100_000 : 200_000);
    }

    assertThat(lag.micros()).isBetween(180_000L, 220_000L);
  }

  @Test
  void whatWasToldCountsUntilAChunkHasCome() {
    observe(50, 400_000);
    lag.presume(-1_000_000_000);
    assertThat(lag.micros()).isEqualTo(-1_000_000_000);

    observe(1, 300_000);
    assertThat(lag.micros()).as("a lie is worth nothing any more").isEqualTo(300_000);
  }

  @Test
  void clocksNeedNotAgree() {
    observe(10, -5_000_000);

    assertThat(lag.micros()).isEqualTo(-5_000_000);
  }
}
