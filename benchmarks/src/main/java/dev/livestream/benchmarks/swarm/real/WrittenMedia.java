package dev.livestream.benchmarks.swarm.real;

import dev.livestream.wire.StreamParameters;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the broadcaster's program has written: chunk by chunk, where and when. Its bytes follow from
 * their places, so that any part of them can be made again to compare with.
 *
 * <p>One thread writes; readers may ask for a chunk once it has come to them.
 */
final class WrittenMedia {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final StreamParameters parameters;
  private long[] writtenNanos = new long[1_024];
  private long[] offsets = new long[1_024];
  private volatile int chunks;
  private volatile long bytes;

  WrittenMedia(StreamParameters parameters) {
    this.parameters = parameters;
  }

  /** A write of some bytes, flushed, is about to happen: it will be cut into chunks like this. */
  void add(int length, boolean keyFrame, long nowNanos) {
    int longest = keyFrame ? parameters.keyFrameChunkBytes(length) : parameters.maxChunkBytes();
    synchronized (this) {
      int count = chunks;
      long begin = bytes;
      for (int from = 0; from < length; from += longest) {
        if (count == offsets.length) {
          offsets = Arrays.copyOf(offsets, 2 * count);
          writtenNanos = Arrays.copyOf(writtenNanos, 2 * count);
        }
        offsets[count] = begin + from;
        writtenNanos[count] = nowNanos;
        count++;
      }
      chunks = count;
      bytes = begin + length;
    }
  }

  /** How many chunks were written. */
  int chunks() {
    return chunks;
  }

  /** How many bytes were written. */
  long bytes() {
    return bytes;
  }

  /** When a chunk was written, by the JVM's clock. */
  synchronized long writtenNanos(int chunk) {
    return writtenNanos[chunk];
  }

  /** Where in the stream a chunk begins. */
  synchronized long offset(int chunk) {
    return chunk < chunks ? offsets[chunk] : bytes;
  }

  /** The first chunk written at or after a moment; {@link #chunks} if there is none. */
  synchronized int firstSince(long nanos) {
    int low = 0;
    int high = chunks;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (writtenNanos[middle] - nanos < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The stream's bytes from a place on, for which there is room. */
  static void fill(ByteBuffer target, long offset) {
    long at = offset;
    while (target.hasRemaining()) {
      long word = at >>> 3;
      long mixed = (word + 1) * STEP;
      mixed = (mixed ^ (mixed >>> 32)) * STEP;
      mixed ^= mixed >>> 29;
      target.put((byte) (mixed >>> ((at & 7) << 3)));
      at++;
    }
  }
}
