package dev.livestream.engine;

/**
 * How much later than it asked for this engine is called.
 *
 * <p>On a machine that is short of time an answer that came in time may not have been looked at
 * yet. Whoever then judges others by a clock finds dead parents and lost requests everywhere, and
 * the repairs take what time there is. So everything that waits for others waits longer by what
 * this peer was late itself, twice: there and back, for those others are mostly busy as well. (The
 * idea is Lifeguard's local health, Dadgar, Phillips and Currey, 2018.) It falls by half each
 * second.
 */
public final class Lateness {
  private static final double HALF_LIFE = 1_000_000;
  // A pause of the whole program says nothing about the seconds after it.
  private static final long MOST = 1_000_000;

  private double late;
  private long notedAt;

  /** The engine was called this long after the time that it asked for. */
  public void note(long micros, long nowMicros) {
    late = Math.max((double) Math.min(micros, MOST), left(nowMicros));
    notedAt = nowMicros;
  }

  /** How much longer others are to be waited for, in microseconds. */
  public long allowance(long nowMicros) {
    return (long) (2 * left(nowMicros));
  }

  private double left(long nowMicros) {
    return late == 0 ? 0 : late * Math.pow(2, -(nowMicros - notedAt) / HALF_LIFE);
  }
}
