package dev.livestream;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * The delays of the chunks that came in the last second. Keeps the latest few thousand; at rates
 * where more than that come in a second, the figures are those of a part of it. Thread-safe.
 */
final class DelayMeter {
  private static final int CAPACITY = 4_096;
  private static final long SPAN_MICROS = 1_000_000;

  private final long[] readyMicros = new long[CAPACITY];
  private final long[] delayMicros = new long[CAPACITY];
  private long count;

  synchronized void record(long ready, long delay) {
    int slot = (int) (count++ % CAPACITY);
    readyMicros[slot] = ready;
    // Clocks may disagree; a negative delay would only confuse.
    delayMicros[slot] = Math.max(0, delay);
  }

  synchronized StreamStats.Delay lastSecond(long nowMicros) {
    int kept = (int) Math.min(count, CAPACITY);
    long[] delays = new long[kept];
    int recent = 0;
    for (int i = 0; i < kept; i++) {
      if (readyMicros[i] > nowMicros - SPAN_MICROS) {
        delays[recent++] = delayMicros[i];
      }
    }
    if (recent == 0) {
      return StreamStats.Delay.NONE;
    }
    Arrays.sort(delays, 0, recent);
    return new StreamStats.Delay(
        micros(delays[(recent - 1) / 2]),
        micros(delays[(int) Math.ceil(recent * 0.99) - 1]),
        micros(delays[recent - 1]));
  }

  private static Duration micros(long value) {
    return Duration.of(value, ChronoUnit.MICROS);
  }
}
