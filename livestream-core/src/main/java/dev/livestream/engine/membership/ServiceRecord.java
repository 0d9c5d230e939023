package dev.livestream.engine.membership;

/**
 * How a peer has served what was asked of it, and so how much may be asked of it at once.
 *
 * <p>Nobody knows another's uplink. Of peers that have a chunk some send one in a few milliseconds,
 * others take a tenth of a second and have a queue; a newcomer that asks all of them for as much
 * waits for the slowest, with its reading held up by a chunk that others could long have sent. So
 * the pace is learnt from the pauses between answers (a running mean), and nobody is asked for more
 * than it serves in a quarter of a second. Within that the window opens with each answer and halves
 * with each refusal, like TCP's at the start (Jacobson, 1988).
 */
public final class ServiceRecord {
  private static final int FIRST_WINDOW = 16;
  private static final int LEAST_WINDOW = 2;
  private static final int MOST_WINDOW = 64;
  private static final int MOST_DOUBLINGS = 1;
  private static final double ASSUMED_PACE = 15_000;
  private static final double QUICKEST = 1_000;
  private static final double SLOWEST = 200_000;
  // What it serves later than this others could serve sooner, and it may refuse it in the end.
  private static final double WORTH_ASKING = 250_000;

  private int out;
  private double window = FIRST_WINDOW;
  private double pace = ASSUMED_PACE;
  private long answeredAt;
  private double onTime = 1;
  private int refusals;
  private long refusesUntil;

  ServiceRecord() {}

  /** Chunks asked of it that have not come. */
  public int out() {
    return out;
  }

  /** Counts chunks asked of it. */
  public void out(int change) {
    out += change;
  }

  /** Whether requests may go to it now, or it has just refused some. */
  public boolean takesRequests(long nowMicros) {
    return nowMicros >= refusesUntil;
  }

  /** How many requests it may be given at once. */
  public int window() {
    return (int) Math.max(LEAST_WINDOW, Math.min(window, WORTH_ASKING / pace));
  }

  /** How long it takes for each of several requests, in microseconds. */
  public double pace() {
    return pace;
  }

  /** Which part of what was asked of it lately came in time; 1 before anything was asked. */
  public double onTime() {
    return onTime;
  }

  /** Notes that it has refused requests: it is left alone for a while. */
  public void refuses(long restMicros, long nowMicros) {
    refusesUntil = nowMicros + (restMicros << Math.min(refusals++, MOST_DOUBLINGS));
    window = Math.max(LEAST_WINDOW, window / 2);
  }

  /**
   * It has sent what it was the last to be asked for.
   *
   * @param askedAt when it was asked
   * @param rttMicros how long question and answer are on their way
   */
  public void served(long askedAt, long rttMicros, long nowMicros) {
    long pause = nowMicros - Math.max(answeredAt, askedAt + rttMicros);
    answeredAt = nowMicros;
    if (pause > 0) {
      pace += (Math.min(SLOWEST, Math.max(QUICKEST, (double) pause)) - pace) / 4;
    }
  }

  /** Notes whether something that was asked of it came in time. */
  public void answered(boolean inTime) {
    onTime += ((inTime ? 1 : 0) - onTime) / 16;
    if (inTime) {
      refusals = 0;
    }
    window = inTime ? Math.min(MOST_WINDOW, window + 1) : Math.max(LEAST_WINDOW, window * 0.75);
  }
}
