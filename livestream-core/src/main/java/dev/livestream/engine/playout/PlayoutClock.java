package dev.livestream.engine.playout;

/**
 * Turns the broadcaster's timestamps into this peer's time.
 *
 * <p>Clocks of different machines disagree, and nobody's word can be taken for how much. What can
 * be observed is the least delay any chunk arrived with. If that is a plausible delay, the clocks
 * are taken to agree, and the target latency counts from the broadcaster's write. If it is not
 * (negative, or beyond half the target), the quickest chunk lately seen stands for "no delay".
 */
final class PlayoutClock {
  private static final long FORGET_AFTER = 30_000_000;

  private final long targetLatency;
  private long least = Long.MAX_VALUE;
  private long leastBefore = Long.MAX_VALUE;
  private long turned;

  PlayoutClock(long targetLatency) {
    this.targetLatency = targetLatency;
  }

  /** Notes a chunk that was pushed, so that its delay is the network's. */
  void observe(long timestamp, long nowMicros) {
    if (nowMicros - turned > FORGET_AFTER) {
      turned = nowMicros;
      leastBefore = least;
      least = Long.MAX_VALUE;
    }
    least = Math.min(least, nowMicros - timestamp);
  }

  /** Until when a chunk of this timestamp is waited for. */
  long deadline(long timestamp) {
    return timestamp + skew() + targetLatency;
  }

  private long skew() {
    long delay = Math.min(least, leastBefore);
    if (delay == Long.MAX_VALUE || (delay >= 0 && delay <= targetLatency / 2)) {
      return 0;
    }
    return delay;
  }
}
