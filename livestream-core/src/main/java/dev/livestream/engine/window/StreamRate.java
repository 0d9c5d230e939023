package dev.livestream.engine.window;

import dev.livestream.wire.Chunk;

/**
 * How fast the stream is as frames, headers and proofs included, measured on its own timestamps:
 * what a place in a substream costs follows from it.
 *
 * <p>Averages over some seconds, so that a key frame does not look like a faster stream. Until
 * enough was seen, the broadcaster's own expectation counts.
 */
public final class StreamRate {
  private static final long SPAN = 2_000_000;
  private static final int EXPECTED_HEADER = 150;
  private static final double WEIGHT = 0.3;
  private static final double FALLBACK = 2_500_000 / 8.0;

  private double bytesPerSecond;
  private double chunksPerSecond;
  private boolean measured;
  private long spanStart = -1;
  private long firstSequence;
  private long lastSequence;
  private long spanBytes;
  private long spanMedia;
  private double mediaBytesPerSecond;
  private long spanChunks;

  /**
   * A rate that was not measured yet.
   *
   * @param expectedBits bits per second as the broadcaster expects; 0 if unknown
   * @param chunkBytes the longest chunk
   */
  public StreamRate(long expectedBits, int chunkBytes) {
    double media = expectedBits > 0 ? expectedBits / 8.0 : FALLBACK;
    chunksPerSecond = media / chunkBytes;
    mediaBytesPerSecond = media;
    bytesPerSecond = media + chunksPerSecond * EXPECTED_HEADER;
  }

  /**
   * Notes a verified chunk.
   *
   * @return whether the rates have been measured anew
   */
  public boolean arrived(Chunk chunk) {
    long timestamp = chunk.meta().timestampMicros();
    if (spanStart < 0) {
      spanStart = timestamp;
      firstSequence = chunk.sequence();
      lastSequence = firstSequence;
    }
    spanBytes += chunk.frameBytes();
    spanMedia += chunk.payloadBytes();
    spanChunks++;
    lastSequence = Math.max(lastSequence, chunk.sequence());
    long span = timestamp - spanStart;
    boolean complete = span >= SPAN;
    if (complete) {
      close(span);
      spanStart = timestamp;
      firstSequence = lastSequence;
      spanBytes = 0;
      spanMedia = 0;
      spanChunks = 0;
    }
    return complete;
  }

  /** The stream begins anew: its numbers start over, and how long it was away does not count. */
  public void restart() {
    spanStart = -1;
    spanBytes = 0;
    spanMedia = 0;
    spanChunks = 0;
  }

  private void close(long span) {
    double chunks = (lastSequence - firstSequence) * 1e6 / span;
    double bytes = chunks * spanBytes / Math.max(1, spanChunks);
    double weight = measured ? WEIGHT : 1;
    chunksPerSecond += (chunks - chunksPerSecond) * weight;
    bytesPerSecond += (bytes - bytesPerSecond) * weight;
    mediaBytesPerSecond = bytesPerSecond * spanMedia / Math.max(1, spanBytes);
    measured = true;
  }

  /** Bytes of chunk frames per second. */
  public double bytesPerSecond() {
    return bytesPerSecond;
  }

  /** Whether the stream has run for long enough to be measured. */
  public boolean isMeasured() {
    return measured;
  }

  /** Media bytes per second. */
  public double mediaBytesPerSecond() {
    return mediaBytesPerSecond;
  }

  /** Chunks per second. */
  public double chunksPerSecond() {
    return chunksPerSecond;
  }
}
