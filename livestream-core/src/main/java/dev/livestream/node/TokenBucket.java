package dev.livestream.node;

/**
 * A rate limit that allows bursts. Time is an argument and never goes back; whole micro-tokens are
 * counted, so that nothing is lost to rounding.
 */
final class TokenBucket {
  private static final long MICRO = 1_000_000;

  private final long perSecond;
  private final long burst;
  private long microTokens;
  private long lastMicros;

  /** A full bucket. */
  TokenBucket(long perSecond, long burst, long nowMicros) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.microTokens = burst * MICRO;
    this.lastMicros = nowMicros;
  }

  /** Takes tokens if there are enough. */
  boolean take(long tokens, long nowMicros) {
    // Capped so that a long silence cannot overflow the product.
    long elapsed = Math.min(nowMicros - lastMicros, burst * MICRO / perSecond + 1);
    lastMicros = nowMicros;
    microTokens = Math.min(burst * MICRO, microTokens + elapsed * perSecond);
    if (microTokens < tokens * MICRO) {
      return false;
    }
    microTokens -= tokens * MICRO;
    return true;
  }
}
