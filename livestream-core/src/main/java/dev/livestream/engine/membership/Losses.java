package dev.livestream.engine.membership;

/**
 * Whether most of those who were connected have died within moments of each other.
 *
 * <p>Then most of what is remembered of others is void as well, and what the few who are left know
 * is worth more.
 */
final class Losses {
  private static final long TOGETHER = 3_000_000;
  private static final int FEW = 3;

  private int lost;
  private long since;

  /** A peer was found dead. */
  void note(long nowMicros) {
    if (nowMicros - since > TOGETHER) {
      since = nowMicros;
      lost = 0;
    }
    lost++;
  }

  /**
   * Whether three of five have died lately, or more.
   *
   * @param left how many are still connected
   */
  boolean areMost(int left, long nowMicros) {
    return lost >= FEW && 2 * lost > 3 * left && nowMicros - since <= TOGETHER;
  }
}
