package dev.livestream.engine;

/**
 * The protocol's constants in one place. Times in microseconds unless the name says otherwise.
 *
 * @param meshNeighbours how many mesh neighbours a peer keeps
 * @param passiveView how many further peers it remembers
 * @param maxConnections most connections of one stream at once
 * @param fillPermille how much of an uplink is promised to children, in parts of a thousand
 * @param sourceCopies most copies of the stream that a source sends
 * @param haveInterval how often neighbours are told what is held
 * @param pullPatience how long after the first sign of a chunk its push is waited for
 * @param pullRetry how long a request may stay unanswered before another neighbour is asked
 * @param pullsInFlight most requested chunks outstanding at all
 * @param silence after how long without a sign of life a parent is suspected
 */
public record Tuning(
    int meshNeighbours,
    int passiveView,
    int maxConnections,
    int fillPermille,
    int sourceCopies,
    long haveInterval,
    long pullPatience,
    long pullRetry,
    int pullsInFlight,
    long silence) {

  /** What ships. How the figures were found stands in docs/decisions. */
  public static final Tuning DEFAULT =
      new Tuning(12, 64, 192, 970, 3, 1_000_000, 120_000, 220_000, 128, 350_000);
}
