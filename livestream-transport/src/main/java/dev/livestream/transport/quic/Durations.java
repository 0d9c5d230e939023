package dev.livestream.transport.quic;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Durations in the loop's unit. */
final class Durations {
  private Durations() {}

  static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
