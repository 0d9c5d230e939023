package dev.livestream.engine.pull;

import dev.livestream.engine.membership.Peer;

/**
 * Decides whether a newcomer starts at the latest key frame, or waits for the next one.
 *
 * <p>From the latest key frame to the present may be seconds, all of which has to be asked for, at
 * once and on top of what is pushed: whoever comes late in a group of pictures loads the swarm with
 * as much of it as has passed, and mostly misses some. The next key frame is pushed like everything
 * else. So one that is near is waited for, if by now twice as much has passed as is left: that
 * delays a third of all newcomers, by a sixth of the interval on average, and saves half of what
 * newcomers ask for (docs/decisions, 0037).
 *
 * <p>When the next one comes can only be guessed from how far the last two lay apart. A wrong
 * guess, or a lie, costs the wait and no more: when nothing has come by then, the newcomer starts
 * with what there is.
 */
final class KeyFrameWait {
  private static final long LONGEST = 700_000;
  private static final long SAVES = 2;
  // What was told is not exact; and there is little to save in what has passed in 0.3 s.
  private static final long LEAST = 150_000;
  // A chunk is on its way to here for up to half of the usual target.
  private static final long COMES = 500_000;
  private static final long MILLI = 1_000;

  private boolean decided;
  private long passedOver = -1;
  private long until;

  /**
   * Decides, once.
   *
   * @param peer who is believed about where the stream is
   */
  void decide(Peer peer, long nowMicros) {
    if (decided || peer.intervalMillis() == 0) {
      return;
    }
    decided = true;
    long interval = MILLI * peer.intervalMillis();
    long passed = MILLI * peer.passedMillis() + nowMicros - peer.toldAt();
    long left = Math.max(LEAST, interval - passed);
    if (passed <= interval + interval / 8 && passed >= SAVES * left && left <= LONGEST) {
      passedOver = peer.entry();
      until = nowMicros + left + COMES;
    }
  }

  /** Waits no longer than is good. */
  void tick(long nowMicros) {
    if (nowMicros >= until) {
      passedOver = -1;
    }
  }

  /** Whether what starts at this chunk is passed over. */
  boolean passesOver(long entry) {
    return entry <= passedOver;
  }

  /** Whether a key frame is waited for. */
  boolean isOn() {
    return passedOver >= 0;
  }

  /** There will be no other key frame. */
  void end() {
    decided = true;
    passedOver = -1;
  }

  /** The stream begins anew. */
  void restart() {
    decided = false;
    passedOver = -1;
  }
}
