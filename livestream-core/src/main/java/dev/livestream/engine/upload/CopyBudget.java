package dev.livestream.engine.upload;

/**
 * Keeps a source's whole upload to a few copies of what it publishes, however many watch.
 *
 * <p>Every published byte earns a few bytes of upload; everything sent is paid from that, packets
 * and control frames included. Places in the trees are reckoned to stay below it; what is left
 * serves requests, and when nothing is left, requests go elsewhere. What is saved up is bounded, so
 * that a quiet time does not end in a flood.
 */
final class CopyBudget {
  private static final long MOST_SAVED = 512 * 1024;
  private static final long AT_FIRST = 64 * 1024;

  private final int copies;
  private long bytes = AT_FIRST;

  /**
   * A budget with a little in it.
   *
   * @param copies how many bytes may be sent for each one published; 0 for no bound
   */
  CopyBudget(int copies) {
    this.copies = copies;
  }

  /** Bytes of media were published. */
  void earn(long published) {
    bytes = Math.min(MOST_SAVED, bytes + copies * published);
  }

  /** Bytes were sent. */
  void pay(long sent) {
    bytes -= sent;
  }

  /** Whether something is left for what need not be sent. */
  boolean hasLeft() {
    return copies == 0 || bytes > 0;
  }
}
