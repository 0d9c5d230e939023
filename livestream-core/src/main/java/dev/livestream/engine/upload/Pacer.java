package dev.livestream.engine.upload;

/**
 * Holds all sending of an engine under the upload limit: a token bucket in bytes.
 *
 * <p>Over any second at most {@code rate + depth} bytes pass. Depth and rate are chosen so that the
 * sum stays 3 % below what would break the promise of "never more than 5 % over in any second":
 * where a single chunk is large beside the limit, the rate gives way. What cannot wait (control
 * frames, handshakes) goes at once and is paid for afterwards.
 */
public final class Pacer {
  private static final double HIGHEST_SHARE = 0.99;
  private static final double WITHIN_A_SECOND = 1.02;
  private static final double LOWEST_SHARE = 0.5;
  private static final double BURST_SHARE = 0.01;

  private final double limit;
  private double rate;
  private double depth;
  private double tokens;
  private long updated;

  /**
   * A full bucket.
   *
   * @param limit bytes per second; 0 for no limit
   */
  public Pacer(long limit, long nowMicros) {
    this.limit = limit;
    this.updated = nowMicros;
    largest(0);
    this.tokens = depth;
  }

  /** Whether there is a limit. */
  public boolean limits() {
    return limit > 0;
  }

  /** Bytes per second that pass in the long run; 0 if there is no limit. */
  public long rate() {
    return limits() ? (long) rate : 0;
  }

  /** Tells how large the largest single piece is, in bytes. */
  public void largest(long bytes) {
    if (limits() && (depth == 0 || bytes > depth)) {
      depth = Math.max((double) bytes, limit * BURST_SHARE);
      rate =
          Math.max(
              limit * LOWEST_SHARE,
              Math.min(limit * HIGHEST_SHARE, limit * WITHIN_A_SECOND - depth));
    }
  }

  /** Whether a piece may go now. */
  public boolean allows(long bytes, long nowMicros) {
    if (!limits()) {
      return true;
    }
    largest(bytes);
    refill(nowMicros);
    return tokens >= bytes;
  }

  /** Pays for what goes, or went, regardless. */
  public void charge(long bytes) {
    tokens -= bytes;
  }

  /** When a piece may go. */
  public long allowedAt(long bytes, long nowMicros) {
    if (allows(bytes, nowMicros)) {
      return nowMicros;
    }
    return nowMicros + (long) Math.ceil((bytes - tokens) / rate * 1e6);
  }

  private void refill(long nowMicros) {
    if (nowMicros > updated) {
      tokens = Math.min(depth, tokens + rate * (nowMicros - updated) / 1e6);
      updated = nowMicros;
    }
  }
}
