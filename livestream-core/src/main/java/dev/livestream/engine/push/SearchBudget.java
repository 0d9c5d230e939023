package dev.livestream.engine.push;

import dev.livestream.engine.Allowance;

/**
 * How much a peer may ask and call while it looks for parents.
 *
 * <p>A connection costs what some chunks cost. Where places are short by a little, looking for them
 * everywhere makes them shorter still; so who lacks a parent or two calls few strangers, and who
 * lacks many may call more (docs/decisions, 0019 and 0028). Slow streams afford less.
 */
final class SearchBudget {
  private static final double ASKS_PER_SECOND = 20;
  private static final double ASKS_AT_ONCE_IN_EACH = 6;
  private static final double CALLS_PER_SECOND = 0.05;
  private static final double CALLS_AT_ONCE = 8;
  private static final double URGENT_CALLS_PER_SECOND = 1;
  private static final double URGENT_CALLS_AT_ONCE = 24;
  private static final double NEWCOMERS_CALLS_AT_ONCE = 8;
  private static final double NEWCOMERS_CALLS_PER_SECOND = 5;

  private final double asksAtOnce;
  private final Allowance asks;
  private final Allowance calls = Allowance.of(CALLS_PER_SECOND, CALLS_AT_ONCE);
  // A newcomer's calls hold up its own requests for what it starts with, so they are spread over
  // its first seconds. Whoever has been there for a while has saved up for a disaster.
  private final Allowance urgentCalls = Allowance.with(NEWCOMERS_CALLS_AT_ONCE);

  SearchBudget(int substreams) {
    this.asksAtOnce = ASKS_AT_ONCE_IN_EACH * substreams;
    this.asks = Allowance.with(asksAtOnce);
  }

  /**
   * Earns questions and urgent calls.
   *
   * @param share how much of the usual the stream affords ({@link
   *     dev.livestream.engine.Tempo#share})
   * @param isNew whether the peer has lately come
   */
  void earn(double share, boolean isNew, long nowMicros) {
    asks.earn(ASKS_PER_SECOND * share, asksAtOnce, nowMicros);
    double urgent = isNew ? NEWCOMERS_CALLS_PER_SECOND : URGENT_CALLS_PER_SECOND;
    urgentCalls.earn(urgent * share, URGENT_CALLS_AT_ONCE, nowMicros);
  }

  /** Questions for a place. */
  Allowance asks() {
    return asks;
  }

  /** Calls to strangers. */
  Allowance calls(boolean urgent) {
    return urgent ? urgentCalls : calls;
  }
}
