package dev.livestream.engine.pull;

/**
 * How many chunks may be asked for although a parent is expected to push them.
 *
 * <p>Where everything is late, because uplinks or processors are busy, every chunk is overdue, and
 * pulling each of them doubles the work that made it late: a swarm falls into that state at once
 * and leaves it slowly. So pulls that race push are a small part of the stream, enough for what a
 * parent drops now and then; whoever has lost a parent is not bound by it.
 */
final class Races {
  private static final double SHARE = 0.005;
  private static final double BURST_SECONDS = 2;
  // At first, parents are still finding out what their uplinks carry.
  private static final int AT_FIRST = 40;

  private double left = AT_FIRST;
  private long refilledAt;

  /** Time has passed. */
  void refill(double chunksPerSecond, long nowMicros) {
    double perSecond = SHARE * chunksPerSecond;
    double most = Math.max(4, BURST_SECONDS * perSecond);
    if (refilledAt > 0 && left < most) {
      left = Math.min(most, left + (nowMicros - refilledAt) * perSecond / 1e6);
    }
    refilledAt = nowMicros;
  }

  /** Whether one more may be asked for. */
  boolean hasLeft() {
    return left >= 1;
  }

  /** One was asked for. */
  void take() {
    left--;
  }
}
