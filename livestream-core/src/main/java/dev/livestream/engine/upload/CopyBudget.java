package dev.livestream.engine.upload;

/**
 * Keeps a source's whole upload to a few copies of what it publishes, however many watch.
 *
 * <p>Every published byte earns a few bytes of upload; everything sent is paid from that, packets
 * and control frames included. Places in the trees are reckoned to stay below it; what is left
 * serves requests, and when nothing is left, requests go elsewhere. What is saved up is bounded, so
 * that a quiet time does not end in a flood.
 *
 * <p>While the stream rests, or when it has ended, time earns what the stream at its usual rate
 * would. Else a source whose budget was used up at the end would refuse for ever, with nothing else
 * to do, what it alone may have.
 */
final class CopyBudget {
  private static final long MOST_SAVED = 512 * 1024;
  private static final long MOST_OWED = 256 * 1024;
  private static final long DEEPEST_DEBT = 2 * MOST_OWED;
  private static final long AT_FIRST = 64 * 1024;
  private static final long REST = 1_000_000;

  private final int copies;
  private long bytes = AT_FIRST;
  private long restsFrom = Long.MAX_VALUE;

  /**
   * A budget with a little in it.
   *
   * @param copies how many bytes may be sent for each one published; 0 for no bound
   */
  CopyBudget(int copies) {
    this.copies = copies;
  }

  /** Bytes of media were published. */
  void earn(long published, long nowMicros) {
    earn((double) published);
    restsFrom = nowMicros + REST;
  }

  private void earn(double media) {
    bytes = (long) Math.min(MOST_SAVED, bytes + copies * media);
  }

  /** Reckons with the time in which nothing was published, up to now. */
  void rest(double mediaBytesPerSecond, long nowMicros) {
    if (nowMicros > restsFrom) {
      earn(mediaBytesPerSecond * (nowMicros - restsFrom) / 1e6);
      restsFrom = nowMicros;
    }
  }

  /** Bytes were sent. */
  void pay(long sent) {
    bytes = Math.max(bytes - sent, -DEEPEST_DEBT);
  }

  /** Whether so little is owed that what nobody else can send may still be sent. */
  boolean mayOwe() {
    return copies == 0 || bytes > -MOST_OWED;
  }

  /** Whether something is left for what need not be sent. */
  boolean hasLeft() {
    return copies == 0 || bytes > 0;
  }
}
