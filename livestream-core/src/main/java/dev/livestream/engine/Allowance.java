package dev.livestream.engine;

/**
 * So much in a second, with some of it saved up: a bound on whatever peers could make each other do
 * for ever.
 *
 * <p>A token bucket. Time is an argument and never goes back; how much is earned and saved may
 * change with the stream or the uplink.
 */
public final class Allowance {
  private static final double FULL = Double.POSITIVE_INFINITY;

  private double perSecond;
  private double most;
  private double left;
  // What was given at first stays, however little can be saved up.
  private double given;
  private long earnedAt;

  private Allowance(double perSecond, double most, double left, double given) {
    this.perSecond = perSecond;
    this.most = most;
    this.left = left;
    this.given = given;
  }

  /** A full one of which both rates are known. */
  public static Allowance of(double perSecond, double most) {
    return new Allowance(perSecond, most, most, 0);
  }

  /** A full one whose rates {@link #earn(double, double, long)} will tell. */
  public static Allowance full() {
    return new Allowance(0, 0, FULL, 0);
  }

  /**
   * One whose rates {@link #earn(double, double, long)} will tell.
   *
   * @param atFirst what is in it, which may be more than can be saved up later
   */
  public static Allowance with(double atFirst) {
    return new Allowance(0, 0, atFirst, atFirst);
  }

  /**
   * Time has passed, in which so much was earned in a second.
   *
   * @param mostSaved what is earned beyond this is lost
   */
  public void earn(double earnedPerSecond, double mostSaved, long nowMicros) {
    perSecond = earnedPerSecond;
    most = mostSaved;
    earn(nowMicros);
  }

  /** Time has passed. */
  public void earn(long nowMicros) {
    if (left == FULL) {
      left = most;
    } else if (earnedAt > 0) {
      given = Math.min(given, left);
      double earned = (nowMicros - earnedAt) * perSecond / 1e6;
      left = Math.min(Math.max(most, given), left + earned);
    }
    earnedAt = nowMicros;
  }

  /** Adds what was earned otherwise. */
  public void add(double amount) {
    left = Math.min(most, left + amount);
  }

  /** Whether so much is left. */
  public boolean has(double amount) {
    return left >= amount;
  }

  /** Takes so much, if it is left. */
  public boolean take(double amount) {
    if (left < amount) {
      return false;
    }
    left -= amount;
    return true;
  }

  /** Reckons with the time that has passed, and takes one, if it is left. */
  public boolean takeOne(long nowMicros) {
    earn(nowMicros);
    return take(1);
  }
}
