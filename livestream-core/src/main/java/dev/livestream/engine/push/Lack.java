package dev.livestream.engine.push;

/**
 * Since when each substream has lacked a parent that serves it.
 *
 * <p>Whoever has looked for one in vain for long has probably come to a swarm that has no room
 * left. It says so, and is then taken in by peers that are full: where uplinks are too small for
 * all, everybody gets a little less, rather than some nothing ({@link ChildPlaces}).
 */
final class Lack {
  private static final long LONG = 2_000_000;

  private final long[] since;

  Lack(int substreams) {
    since = new long[substreams];
  }

  /** Notes whether a substream lacks a parent now. */
  void note(int substream, boolean lacks, long nowMicros) {
    if (!lacks) {
      since[substream] = 0;
    } else if (since[substream] == 0) {
      since[substream] = nowMicros;
    }
  }

  /** Whether a parent has been looked for in vain for long. */
  boolean isLong(int substream, long nowMicros) {
    return since[substream] > 0 && nowMicros - since[substream] > LONG;
  }
}
