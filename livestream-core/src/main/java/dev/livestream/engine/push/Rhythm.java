package dev.livestream.engine.push;

/**
 * How regularly a parent pushes: a running mean and deviation of the time from one chunk to the
 * next (Jacobson, 1988), and from these how long the next may stay out.
 *
 * <p>A substream has its turn every few chunks, and the queues that chunks wait in on their way
 * grow and shrink slowly. So although delays differ by hundreds of milliseconds, the pauses between
 * chunks hardly do: in a calm swarm one in a hundred is longer than 1.6 usual ones, one in a
 * thousand longer than two (docs/decisions, 0030). A pause that is longer tells that something has
 * happened above, long before a delay would.
 */
final class Rhythm {
  private static final int KNOWN = 8;
  private static final double DEVIATIONS = 5;

  private double mean;
  private double deviation;
  private int samples;

  /** A chunk has come so long after the one before. */
  void observe(long micros) {
    // A parent that was gone for seconds says nothing about the usual pause.
    double longest = isKnown() ? 2 * (mean + DEVIATIONS * deviation) : Double.MAX_VALUE;
    double pause = Math.min((double) micros, longest);
    if (samples++ == 0) {
      mean = pause;
    }
    double difference = pause - mean;
    mean += difference / 8;
    deviation += (Math.abs(difference) - deviation) / 8;
  }

  /** Whether enough chunks have come to tell. */
  boolean isKnown() {
    return samples >= KNOWN;
  }

  /**
   * How long the next chunk may stay out before that means something.
   *
   * @param least by how much at least it may be longer than usual
   */
  long longest(long least) {
    return (long) (mean + Math.max((double) least, DEVIATIONS * deviation));
  }
}
