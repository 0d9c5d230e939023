package dev.livestream;

import dev.livestream.crypto.ChunkPriority;
import java.nio.ByteBuffer;
import java.time.Instant;

/** What a viewer reads, piece by piece, in the stream's order. */
public sealed interface Media {

  /**
   * A run of the broadcaster begins: comes before the run's first data, and again for each new run.
   *
   * @param info the stream's description; its header is to be given to a player first
   */
  record Header(StreamInfo info) implements Media {}

  /**
   * Verified bytes.
   *
   * @param bytes read-only, from position to limit; may be empty
   * @param sequence the chunk's number within the epoch
   * @param epoch the run of the broadcaster
   * @param timestamp when the broadcaster took in the first of these bytes, by its clock
   * @param keyFrame whether a player can start here
   * @param priority how much the bytes matter
   */
  record Data(
      ByteBuffer bytes,
      long sequence,
      long epoch,
      Instant timestamp,
      boolean keyFrame,
      ChunkPriority priority)
      implements Media {}

  /**
   * Chunks that this reader does not get.
   *
   * @param epoch the run of the broadcaster
   * @param from the first one's number
   * @param to one more than the last one's number
   * @param cause why
   */
  record Gap(long epoch, long from, long to, Cause cause) implements Media {
    /** Why chunks are missing. */
    public enum Cause {
      /** They did not come in time. */
      LOST,
      /** They came, and were given up because the reader did not read and the buffer was full. */
      READER_SLOW
    }

    /**
     * How many chunks are missing.
     *
     * @return at least 1
     */
    public long chunks() {
      return to - from;
    }
  }

  /**
   * The broadcast has ended; nothing follows.
   *
   * @param epoch the run that ended
   */
  record End(long epoch) implements Media {}
}
