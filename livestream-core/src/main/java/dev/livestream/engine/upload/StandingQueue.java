package dev.livestream.engine.upload;

/**
 * How much of a queue is there to stay: the least that waited at any moment of the last one to two
 * seconds.
 *
 * <p>A queue that fills with every key frame and is empty again before the next is as it should be.
 * One that never gets empty holds up everything behind it, and on an uplink that is nearly full it
 * stays for tens of seconds (the distinction is that of Nichols and Jacobson, CoDel, 2012).
 */
final class StandingQueue {
  private static final long SPAN = 1_000_000;

  private long least;
  private long leastBefore;
  private long since;

  /** Notes how long a chunk queued now would wait. */
  void observe(long queueMicros, long nowMicros) {
    if (nowMicros - since >= SPAN) {
      leastBefore = nowMicros - since < 2 * SPAN ? least : queueMicros;
      least = queueMicros;
      since = nowMicros;
    }
    least = Math.min(least, queueMicros);
  }

  /** The least wait lately, in microseconds. */
  long micros() {
    return Math.min(least, leastBefore);
  }
}
