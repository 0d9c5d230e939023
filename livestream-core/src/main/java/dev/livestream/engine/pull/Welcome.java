package dev.livestream.engine.pull;

import dev.livestream.engine.Allowance;

/**
 * How much of an uplink serves newcomers as if they were children.
 *
 * <p>Whoever has just come has no parents yet and needs the stretch from the last key frame to the
 * present, soon. A few are fed on top of everything; a crowd would starve those who are there
 * already. So there is a bounded share for them, and what goes beyond it waits its turn.
 */
final class Welcome {
  private static final double SHARE = 0.03;
  private static final double SAVED_SECONDS = 0.3;

  private final Allowance bytes = Allowance.full();

  /**
   * Takes a chunk's bytes from what is left.
   *
   * @param uplink bytes per second that the uplink carries
   * @return false if not enough is left
   */
  boolean take(long chunkBytes, long uplink, long nowMicros) {
    bytes.earn(SHARE * (double) uplink, SAVED_SECONDS * (double) uplink, nowMicros);
    return bytes.take((double) chunkBytes);
  }
}
