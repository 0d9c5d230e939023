package dev.livestream.crypto;

import java.util.Objects;

/**
 * All that is said about a chunk and signed with it, besides its payload and its channel.
 *
 * @param epoch the broadcaster's run, grows with each restart; 0 to {@link #MAX_NUMBER}
 * @param sequence the chunk's number within the epoch; 0 to {@link #MAX_NUMBER}
 * @param timestampMicros the broadcaster's time of the chunk in microseconds, on a scale of the
 *     broadcaster's choice; 0 to {@link #MAX_NUMBER}
 * @param priority what to give up last
 * @param keyFrameDistance how many chunks back the latest key frame starts: 0 means that this chunk
 *     is a place to start; at most {@link #MAX_KEY_FRAME_DISTANCE}. It may point before sequence 0
 *     in a stream that has had no key frame yet
 * @param length the payload's bytes, 0 to {@link #MAX_LENGTH}
 */
public record ChunkMeta(
    long epoch,
    long sequence,
    long timestampMicros,
    ChunkPriority priority,
    int keyFrameDistance,
    int length) {

  /** The most bytes in one chunk. */
  public static final int MAX_LENGTH = 65_536;

  /** The longest way back to a key frame, in chunks. Longer ways are told as this. */
  public static final int MAX_KEY_FRAME_DISTANCE = 1 << 20;

  /** The largest epoch, sequence number or timestamp: small enough that sums cannot overflow. */
  public static final long MAX_NUMBER = (1L << 62) - 1;

  /**
   * Validates the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range, naming it
   */
  public ChunkMeta {
    Objects.requireNonNull(priority, "priority");
    requireNumber("epoch", epoch);
    requireNumber("sequence", sequence);
    requireNumber("timestampMicros", timestampMicros);
    requireRange("keyFrameDistance", keyFrameDistance, MAX_KEY_FRAME_DISTANCE);
    requireRange("length", length, MAX_LENGTH);
  }

  /** The chunk that begins the latest key frame; below 0 if there has been none yet. */
  public long keyFrameSequence() {
    return sequence - keyFrameDistance;
  }

  /**
   * Makes a description from what came over the wire.
   *
   * @param epoch as in the constructor
   * @param sequence as in the constructor
   * @param timestampMicros as in the constructor
   * @param priorityCode a {@link ChunkPriority#code}
   * @param keyFrameDistance as in the constructor
   * @param length as in the constructor
   * @return the description
   * @throws MalformedException if a value is out of range; nothing else is thrown
   */
  public static ChunkMeta ofWire(
      long epoch,
      long sequence,
      long timestampMicros,
      int priorityCode,
      int keyFrameDistance,
      int length)
      throws MalformedException {
    ChunkPriority priority = ChunkPriority.ofCode(priorityCode);
    try {
      return new ChunkMeta(epoch, sequence, timestampMicros, priority, keyFrameDistance, length);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Whether a viewer can start playing with this chunk.
   *
   * @return true where a key frame starts
   */
  public boolean isStart() {
    return keyFrameDistance == 0;
  }

  private static void requireNumber(String name, long value) {
    if (value < 0 || value > MAX_NUMBER) {
      throw new IllegalArgumentException(
          "The " + name + " must be 0 to 2^62 - 1, not " + value + ".");
    }
  }

  private static void requireRange(String name, int value, int max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(
          "The " + name + " must be 0 to " + max + ", not " + value + ".");
    }
  }
}
