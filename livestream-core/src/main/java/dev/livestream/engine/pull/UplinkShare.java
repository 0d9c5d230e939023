package dev.livestream.engine.pull;

import dev.livestream.engine.Allowance;

/**
 * A part of an uplink that answers requests although children wait.
 *
 * <p>Whoever has just come has no parents yet and needs the stretch from the last key frame to the
 * present, soon; whoever has lost a parent needs some chunks at once. A few are served on top of
 * everything; a crowd would starve those who are there already. So the share is bounded, and what
 * goes beyond it waits its turn.
 */
final class UplinkShare {
  private final double share;
  private final double savedSeconds;
  private final Allowance bytes = Allowance.full();

  /**
   * A share from which nothing was taken.
   *
   * @param share the part of the uplink
   * @param savedSeconds how many seconds of the whole uplink can be saved up
   */
  UplinkShare(double share, double savedSeconds) {
    this.share = share;
    this.savedSeconds = savedSeconds;
  }

  /**
   * Takes a chunk's bytes from what is left.
   *
   * @param uplink bytes per second that the uplink carries
   * @return false if not enough is left
   */
  boolean take(long chunkBytes, long uplink, long nowMicros) {
    earn(uplink, nowMicros);
    return bytes.take((double) chunkBytes);
  }

  /** The same for what matters less: half of what can be saved up is left to what matters more. */
  boolean takeIfPlenty(long chunkBytes, long uplink, long nowMicros) {
    earn(uplink, nowMicros);
    return bytes.has(savedSeconds * (double) uplink / 2) && bytes.take((double) chunkBytes);
  }

  private void earn(long uplink, long nowMicros) {
    bytes.earn(share * (double) uplink, savedSeconds * (double) uplink, nowMicros);
  }
}
