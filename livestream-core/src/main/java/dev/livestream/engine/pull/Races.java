package dev.livestream.engine.pull;

import dev.livestream.engine.Allowance;

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
  private static final double LEAST_SAVED = 4;
  // At first, parents are still finding out what their uplinks carry.
  private static final int AT_FIRST = 40;

  private final Allowance allowance = Allowance.with(AT_FIRST);

  /** Time has passed. */
  void refill(double chunksPerSecond, long nowMicros) {
    double perSecond = SHARE * chunksPerSecond;
    allowance.earn(perSecond, Math.max(LEAST_SAVED, BURST_SECONDS * perSecond), nowMicros);
  }

  /** Whether one more may be asked for. */
  boolean hasLeft() {
    return allowance.has(1);
  }

  /** One was asked for. */
  void take() {
    allowance.take(1);
  }
}
