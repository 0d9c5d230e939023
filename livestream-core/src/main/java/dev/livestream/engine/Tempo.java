package dev.livestream.engine;

/**
 * How fast the stream goes, against the streams that the engine's times were found with: 2.5 Mbit/s
 * in two chunks for each of thirty frames a second, over eight substreams.
 *
 * <p>Whether a parent that has been silent for a while is dead depends on how often it should have
 * spoken: it pushes one chunk in each beat, the time in which every substream has its turn. And
 * what peers tell each other does not shrink with the stream: a have-map each second to each of a
 * dozen neighbours takes five times as large a part of 500 kbit/s as of 2.5 Mbit/s. So the slower
 * the beat, the longer others are waited for; and the fewer bytes, the fewer neighbours are told,
 * and less often.
 *
 * <p>For faster streams nothing changes.
 */
public final class Tempo {
  private static final double USUAL_BEAT = 133_000;
  private static final double SLOWEST_BEAT = 4 * USUAL_BEAT;
  private static final double USUAL_BYTES = 2_000_000 / 8.0;
  // Neighbours believe what they were told for three seconds.
  private static final double MOST_TIMES_SLOWER = 2;
  private static final double LEAST_PART_OF_NEIGHBOURS = 0.5;
  private static final double LEAST_SHARE = 0.1;

  private double beat = USUAL_BEAT;
  private double talk = 1;

  /** The usual tempo, until more is known. */
  public Tempo() {}

  /** This is how many bytes of media the stream has in a second, as far as is known. */
  public void bytes(double perSecond) {
    talk = Math.min(1, Math.sqrt(Math.max(1, perSecond) / USUAL_BYTES));
  }

  /** This is how many chunks each substream has in a second. */
  public void chunks(double perSecond) {
    beat = Math.max(USUAL_BEAT, Math.min(SLOWEST_BEAT, 1e6 / Math.max(0.1, perSecond)));
  }

  /**
   * A time that is a number of beats.
   *
   * @param micros what it is at the usual tempo
   */
  public long beats(long micros) {
    return (long) (micros * beat / USUAL_BEAT);
  }

  /** How much longer than usual a sign of life may be on its way, in microseconds. */
  long allowance() {
    return (long) (2 * (beat - USUAL_BEAT));
  }

  /**
   * How long to wait between two routine messages.
   *
   * @param micros what it is at the usual tempo
   */
  public long paced(long micros) {
    return (long) (micros * Math.min(MOST_TIMES_SLOWER, 1 / talk));
  }

  /**
   * How often peers may ask for places and call strangers, 1 at the usual tempo: that costs the
   * same bytes whatever the stream, so a stream of half the bytes affords half as much.
   */
  public double share() {
    return Math.max(LEAST_SHARE, talk * talk);
  }

  /**
   * How many neighbours to keep.
   *
   * @param usual how many it would be at the usual tempo
   */
  public int neighbours(int usual) {
    return (int) Math.round(usual * Math.max(LEAST_PART_OF_NEIGHBOURS, talk));
  }
}
