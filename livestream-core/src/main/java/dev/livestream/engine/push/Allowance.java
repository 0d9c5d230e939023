package dev.livestream.engine.push;

/**
 * So many per second, and so many at once: what keeps searches and answers from feeding on each
 * other.
 */
final class Allowance {
  private final double perSecond;
  private final double most;
  private double left;
  private long updated;

  Allowance(double perSecond, double most) {
    this.perSecond = perSecond;
    this.most = most;
    this.left = most;
  }

  /** Takes one, if one is left. */
  boolean take(long nowMicros) {
    if (updated > 0) {
      left = Math.min(most, left + (nowMicros - updated) * perSecond / 1e6);
    }
    updated = nowMicros;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
