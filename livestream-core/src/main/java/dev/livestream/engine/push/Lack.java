package dev.livestream.engine.push;

import dev.livestream.wire.Message.Attach.Need;

/**
 * Since when each substream has lacked a parent that serves it, and thus how much a place is
 * needed.
 *
 * <p>Whoever has looked for one in vain for long has probably come to a swarm that has no room
 * left. It says so, and is then taken in by peers that are full: where uplinks are too small for
 * all, everybody gets a little less, rather than some nothing ({@link ChildPlaces}). Whoever has
 * lately come says that, too: where an uplink is behind, those who were there before go first
 * ({@link Forwarding}).
 */
final class Lack {
  private static final long LONG = 2_000_000;

  /** For how long one is new to the stream, or to a parent. */
  static final long LATELY = 4_000_000;

  private final long[] since;
  private long cameAt;

  Lack(int substreams) {
    since = new long[substreams];
  }

  /** Notes whether a substream lacks a parent now. */
  void note(int substream, boolean lacks, long nowMicros) {
    if (cameAt == 0) {
      cameAt = nowMicros;
    }
    if (!lacks) {
      since[substream] = 0;
    } else if (since[substream] == 0) {
      since[substream] = nowMicros;
    }
  }

  /** What to say when asking for a place. */
  Need need(Substream substream, long nowMicros) {
    if (isLong(substream.index(), nowMicros)) {
      return Need.UNSERVED;
    }
    if (substream.isFed()) {
      return Need.MOVING;
    }
    return isNew(nowMicros) ? Need.NEWCOMER : Need.LOOKING;
  }

  /** Whether this peer has lately come to the stream. */
  boolean isNew(long nowMicros) {
    return cameAt == 0 || nowMicros - cameAt < LATELY;
  }

  /** Whether a parent has been looked for in vain for long. */
  private boolean isLong(int substream, long nowMicros) {
    return since[substream] > 0 && nowMicros - since[substream] > LONG;
  }
}
