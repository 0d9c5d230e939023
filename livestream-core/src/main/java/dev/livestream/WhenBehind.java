package dev.livestream;

import java.time.Duration;
import java.util.Objects;

/**
 * What a broadcaster's write does while the uplink cannot keep up with what is written.
 *
 * <p>The uplink counts as behind when a chunk written now would wait for it longer than {@link
 * #MAX_UPLINK_QUEUE}, or when the last second alone would fill the window that peers keep, so that
 * viewers could not ask for a lost chunk again. The program hears {@link StreamEvent.FellBehind}
 * when that begins and {@link StreamEvent.CaughtUp} when it is over, whatever the policy.
 *
 * @param policy what is done
 * @param atMost for {@link Policy#BLOCK}, how long one write waits before it goes on all the same;
 *     zero otherwise
 */
public record WhenBehind(Policy policy, Duration atMost) {
  /** How long a chunk may wait for the uplink before the broadcaster counts as behind. */
  public static final Duration MAX_UPLINK_QUEUE = Duration.ofMillis(400);

  private static final Duration LONGEST = Duration.ofDays(1);

  /** The kinds of policy. */
  public enum Policy {
    /** A write waits. */
    BLOCK,
    /** A write never waits; chunks that have waited longest are given up first. */
    DROP_OLDEST,
    /** A write never waits; what is written while behind is dropped, whole writes at a time. */
    DROP_NEWEST
  }

  /**
   * Validates the parts.
   *
   * @throws IllegalArgumentException if the wait is out of range or given where there is none
   */
  public WhenBehind {
    Objects.requireNonNull(policy, "policy");
    if (policy == Policy.BLOCK && (atMost.isNegative() || atMost.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException("A write may wait 0 to 24 hours, not " + atMost + ".");
    }
    if (policy != Policy.BLOCK && !atMost.isZero()) {
      throw new IllegalArgumentException(policy + " never waits, so there is no time to give.");
    }
  }

  /**
   * A write waits until the uplink has caught up. For sources that can wait, such as files and
   * pipes.
   *
   * @param atMost how long one write waits at most, 0 to 24 hours; after that it goes on as with
   *     {@link #dropOldest}
   * @return the policy
   */
  public static WhenBehind block(Duration atMost) {
    return new WhenBehind(Policy.BLOCK, atMost);
  }

  /**
   * A write never waits, and what cannot be sent in time is given up, oldest first. For live
   * sources where the latest matters most.
   *
   * @return the policy
   */
  public static WhenBehind dropOldest() {
    return new WhenBehind(Policy.DROP_OLDEST, Duration.ZERO);
  }

  /**
   * A write never waits; while the uplink is behind, writes are dropped whole, and the program
   * hears {@link StreamEvent.WriteDropped}. For sources that write one frame at a time.
   *
   * @return the policy
   */
  public static WhenBehind dropNewest() {
    return new WhenBehind(Policy.DROP_NEWEST, Duration.ZERO);
  }
}
