package dev.livestream.wire;

/**
 * How a stream is cut, the same for everyone in an epoch.
 *
 * @param substreams chunk n belongs to substream n mod this; 1 to 64
 * @param maxChunkBytes longest payload of a chunk in bytes; 512 to 65,536
 * @param windowChunks how many of the latest chunks each peer keeps for others; a power of two, 64
 *     to 4,096
 * @param bitrate what the broadcaster expects to send, in bits per second; 0 if it does not know
 */
public record StreamParameters(int substreams, int maxChunkBytes, int windowChunks, long bitrate) {
  /**
   * How many substreams there are unless said. More make for shallower trees, but each costs every
   * peer a parent to find and to watch; docs/decisions/0012 has the comparison.
   */
  public static final int USUAL_SUBSTREAMS = 8;

  private static final int USUAL_CHUNK = 8_192;
  private static final int SHORTEST_USUAL_CHUNK = 2_048;
  private static final int LONGEST_USUAL_CHUNK = 32_768;
  private static final long USUAL_CHUNK_MILLIS = 26;
  private static final int KEY_FRAME_ROWS = 2;
  private static final int MIN_CHUNK = 512;
  private static final int MIN_WINDOW = 64;
  private static final int MAX_WINDOW = WireLimits.HAVE_BYTES * Byte.SIZE;
  private static final long MAX_BITRATE = 10_000_000_000L;

  /** Validates every field. */
  public StreamParameters {
    if (substreams < 1 || substreams > WireLimits.SUBSTREAMS) {
      throw new IllegalArgumentException("substreams must be 1 to 64, not " + substreams);
    }
    if (maxChunkBytes < MIN_CHUNK || maxChunkBytes > WireLimits.CHUNK_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "chunks must have 512 to 65536 bytes, not " + maxChunkBytes);
    }
    if (windowChunks < MIN_WINDOW
        || windowChunks > MAX_WINDOW
        || Integer.bitCount(windowChunks) != 1) {
      throw new IllegalArgumentException(
          "the window must be a power of two, 64 to 4096 chunks, not " + windowChunks);
    }
    if (bitrate < 0 || bitrate > MAX_BITRATE) {
      throw new IllegalArgumentException("bitrate must be 0 to 10 Gbit/s, not " + bitrate);
    }
  }

  /**
   * How long chunks are at most unless said: some 26 ms of media. Shorter ones travel faster from
   * hop to hop, longer ones spend less on headers, proofs and packets.
   *
   * @param bitrate in bits per second; 0 if it is not known
   */
  public static int usualChunkBytes(long bitrate) {
    if (bitrate == 0) {
      return USUAL_CHUNK;
    }
    long bytes = bitrate / Byte.SIZE * USUAL_CHUNK_MILLIS / 1_000;
    long rounded = (bytes + 512) / 1_024 * 1_024;
    return (int) Math.max(SHORTEST_USUAL_CHUNK, Math.min(LONGEST_USUAL_CHUNK, rounded));
  }

  /**
   * How long the chunks of a key frame are at most. A hop passes a chunk on when it has all of it,
   * so one long chunk in each substream is slower than two of half the size. Shorter ones are not
   * worth their headers, nor is it worth cutting what fills few substreams.
   *
   * @param bytes how many bytes are written at once
   */
  public int keyFrameChunkBytes(int bytes) {
    if (2L * bytes <= (long) substreams * maxChunkBytes) {
      return maxChunkBytes;
    }
    int pieces = KEY_FRAME_ROWS * substreams;
    int each = (bytes + pieces - 1) / pieces;
    return Math.max(Math.min(SHORTEST_USUAL_CHUNK, maxChunkBytes), Math.min(each, maxChunkBytes));
  }

  /** The substream that a chunk belongs to. */
  public int substreamOf(long sequence) {
    return (int) (sequence % substreams);
  }
}
