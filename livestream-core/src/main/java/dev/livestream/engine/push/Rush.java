package dev.livestream.engine.push;

/**
 * Whether many look for places at once: newcomers that come in a crowd, or those who have lost
 * their parents together.
 *
 * <p>Then places are for those who have none. Whoever has a parent and moves to a better one makes
 * somebody else move, and each move costs questions and connections that those who have nothing
 * need more. In quiet times the same moves make trees shallow. And there is less to give than is
 * asked for, so uplinks that fall behind leave out what matters least ({@link Forwarding}).
 */
final class Rush {
  private static final double MANY = 3;
  private static final double MOST = 6;
  private static final double FORGOTTEN_PER_SECOND = 1;

  private double level;
  private long at;

  /** Somebody has come who needs places, or was refused one. */
  void note(long nowMicros) {
    level = Math.min(MOST, level(nowMicros) + 1);
    at = nowMicros;
  }

  /** Whether there were more than a few lately. */
  boolean isOn(long nowMicros) {
    return level(nowMicros) >= MANY;
  }

  private double level(long nowMicros) {
    return Math.max(0, level - FORGOTTEN_PER_SECOND * (nowMicros - at) / 1e6);
  }
}
