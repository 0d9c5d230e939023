package dev.livestream.engine.pull;

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

  private double bytes;
  private long earnedAt;

  /**
   * Takes a chunk's bytes from what is left.
   *
   * @param uplink bytes per second that the uplink carries
   * @return false if not enough is left
   */
  boolean take(long chunkBytes, long uplink, long nowMicros) {
    double earned = SHARE * (double) uplink * (nowMicros - earnedAt) / 1e6;
    bytes = Math.min(SAVED_SECONDS * (double) uplink, bytes + earned);
    earnedAt = nowMicros;
    if (bytes < chunkBytes) {
      return false;
    }
    bytes -= chunkBytes;
    return true;
  }
}
