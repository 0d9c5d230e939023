package dev.livestream.engine.upload;

/**
 * Measures what the uplink carries, from how fast the transport gets rid of chunks.
 *
 * <p>While at least one chunk waits behind the one being sent, the link is busy, so bytes divided
 * by time in such a stretch is its rate (the packet-pair idea, over trains). Stretches in which the
 * transport took everything at once say only that the link is not the bottleneck; they let the
 * estimate rise, but no further than to a multiple of what was really sent.
 */
public final class UplinkMeter {
  private static final int MIN_TRAIN = 2;
  private static final long MAX_RATE = 1_250_000_000L;
  private static final double UP = 0.3;
  private static final double DOWN = 0.15;

  private int outstanding;
  private long busySince;
  private long trainBytes;
  private int trainChunks;
  private double rate;
  private int samples;

  /** Notes that a chunk was handed to the transport. */
  public void began(long nowMicros) {
    if (outstanding++ == 0) {
      busySince = nowMicros;
      trainBytes = 0;
      trainChunks = 0;
    }
  }

  /** Notes that the transport has got rid of a chunk. */
  public void ended(long bytes, long nowMicros) {
    outstanding = Math.max(0, outstanding - 1);
    trainBytes += bytes;
    trainChunks++;
    if (trainChunks >= MIN_TRAIN) {
      sample(trainBytes, Math.max(1, nowMicros - busySince));
      busySince = nowMicros;
      trainBytes = 0;
      trainChunks = 0;
    }
  }

  /** Notes that a chunk was taken back, so that its stretch says nothing. */
  public void abandoned(long nowMicros) {
    outstanding = Math.max(0, outstanding - 1);
    busySince = nowMicros;
    trainBytes = 0;
    trainChunks = 0;
  }

  private void sample(long bytes, long micros) {
    double sampled = Math.min(MAX_RATE, bytes * 1e6 / micros);
    if (samples++ == 0) {
      rate = sampled;
    } else {
      rate += (sampled - rate) * (sampled > rate ? UP : DOWN);
    }
  }

  /** Whether anything was measured yet. */
  public boolean isKnown() {
    return samples > 1;
  }

  /** Bytes per second; meaningful once {@link #isKnown}. */
  public double bytesPerSecond() {
    return rate;
  }
}
