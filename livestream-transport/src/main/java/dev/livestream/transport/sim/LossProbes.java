package dev.livestream.transport.sim;

/**
 * When one end of a connection may send something again although the other says nothing.
 *
 * <p>While nothing is acknowledged QUIC sends one or two packets for the whole connection, waits
 * twice as long each time, and sends the rest again only when an answer has come (RFC 9002, section
 * 6.2.4). Were each frame sent again by a clock of its own, whoever has lost a child would spend
 * its uplink on the dead.
 */
final class LossProbes {
  /** After this many fruitless tries the waits between further ones grow no longer. */
  private static final int MAX_DOUBLINGS = 5;

  private int inVain;
  private long lastNanos;
  private long answeredNanos;

  /**
   * How long a try is waited for.
   *
   * @param lossNanos how long the first one is
   * @param fruitless how many there were before
   */
  static long patience(long lossNanos, int fruitless) {
    return lossNanos << Math.min(fruitless, MAX_DOUBLINGS);
  }

  /**
   * Something was acknowledged. What the other end says of its own accord does not count: it may
   * get through although nothing gets there.
   */
  void answered(long nowNanos) {
    inVain = 0;
    answeredNanos = nowNanos;
  }

  /** When something was last acknowledged. */
  long answeredNanos() {
    return answeredNanos;
  }

  /**
   * Takes the turn to send a probe now.
   *
   * @param lossNanos how long an answer to the first probe is waited for
   * @return false while the one before is waited for
   */
  boolean take(long lossNanos, long nowNanos) {
    if (inVain > 0 && nowNanos < lastNanos + patience(lossNanos, inVain)) {
      return false;
    }
    inVain++;
    lastNanos = nowNanos;
    return true;
  }
}
