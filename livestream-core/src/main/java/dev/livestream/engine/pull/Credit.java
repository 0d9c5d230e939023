package dev.livestream.engine.pull;

import dev.livestream.engine.Allowance;

/**
 * How many chunks may be asked for again that were refused: as many as earlier requests have
 * earned.
 *
 * <p>Where uplinks are too small for all, what a viewer lacks nobody can spare, and it lacks
 * something all the time: a swarm short by a tenth spent one byte in 25 on requests and on refusals
 * of them. So asking again costs one, what a request brings earns several, and a little is always
 * earned. The first try is free, because nobody knows beforehand which chunk is of a key frame or
 * of sound, and those are granted. As long as one in eight is answered nobody is held back; and
 * whoever has just lost its parents, with many others, has saved up for some seconds in which
 * hardly anybody can answer.
 */
final class Credit {
  private static final double MOST = 400;
  private static final double EARNED_BY_CHUNK = 8;
  private static final double EARNED_PER_SECOND = 8;

  private final Allowance allowance = Allowance.of(EARNED_PER_SECOND, MOST);

  /** Time has passed. */
  void earn(long nowMicros) {
    allowance.earn(nowMicros);
  }

  /** A chunk that was asked for has come. */
  void earnedByChunk() {
    allowance.add(EARNED_BY_CHUNK);
  }

  /** Whether one more may be asked for again. */
  boolean hasLeft() {
    return allowance.has(1);
  }

  /** One was asked for again. */
  void pay() {
    allowance.take(1);
  }
}
