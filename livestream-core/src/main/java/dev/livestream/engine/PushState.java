package dev.livestream.engine;

/** What can be expected of push for a chunk that is not there yet. */
public enum PushState {
  /** Nobody is to push it, or who is to does not. */
  NONE,
  /** A parent is to push it, and has pushed nothing later. */
  COMING,
  /**
   * A parent has pushed later ones. Mostly it comes all the same: packets were lost and are sent
   * again, or the parent has missed it itself and passes it on as soon as it has it.
   */
  PASSED_OVER
}
