package dev.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DelayMeterTest {
  private final DelayMeter meter = new DelayMeter();

  @Test
  void percentilesAreOverTheLastSecond() {
    meter.record(0, 9_000_000);
    for (int i = 1; i <= 100; i++) {
      meter.record(1_000_000 + i, i * 1_000L);
    }
    assertThat(meter.lastSecond(1_500_000))
        .isEqualTo(
            new StreamStats.Delay(
                Duration.ofMillis(50), Duration.ofMillis(99), Duration.ofMillis(100)));
  }

  @Test
  void noChunksMeansNoDelay() {
    assertThat(meter.lastSecond(0)).isEqualTo(StreamStats.Delay.NONE);
    meter.record(0, 5);
    assertThat(meter.lastSecond(2_000_000)).isEqualTo(StreamStats.Delay.NONE);
  }

  @Test
  void clocksThatDisagreeGiveNoNegativeDelay() {
    meter.record(10, -5);
    assertThat(meter.lastSecond(10).max()).isZero();
  }

  @Test
  void manyChunksCostNoMoreThanItsRing() {
    for (int i = 0; i < 10_000; i++) {
      meter.record(i, i);
    }
    assertThat(meter.lastSecond(10_000).max()).isEqualTo(Duration.ofNanos(9_999_000));
  }
}
