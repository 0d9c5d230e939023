package dev.livestream.engine.window;

import java.util.Arrays;

/**
 * Which chunks a peer is known to hold: a bitmap over a stretch of sequence numbers that moves
 * forward. What lies before the stretch counts as not held.
 */
public final class HaveMap {
  private final long[] words;
  private final int capacity;
  private long base;
  private long end;

  /**
   * An empty map.
   *
   * @param capacity how many sequence numbers it spans; a power of two of at least 64
   */
  public HaveMap(int capacity) {
    this.capacity = capacity;
    this.words = new long[capacity / Long.SIZE];
  }

  /** Whether a chunk is known to be held. */
  public boolean has(long sequence) {
    return sequence >= base && sequence < end && (words[word(sequence)] & bit(sequence)) != 0;
  }

  /** One more than the highest sequence number known to be held; 0 if none. */
  public long end() {
    return end;
  }

  /** Notes that a chunk is held. Chunks that lie too far back are forgotten. */
  public void add(long sequence) {
    if (sequence < base) {
      return;
    }
    advanceTo(sequence + 1);
    words[word(sequence)] |= bit(sequence);
  }

  /**
   * Takes over a map as it came over the wire. The claim replaces what was known in its stretch,
   * and cannot cost more than the map's fixed size.
   *
   * @param bits bit i of byte j, lowest first, stands for chunk {@code from + 8 j + i}
   */
  public void replace(long from, byte[] bits) {
    for (int j = 0; j < bits.length; j++) {
      int octet = bits[j];
      for (int i = 0; i < Byte.SIZE; i++) {
        long sequence = from + (long) j * Byte.SIZE + i;
        if ((octet & 1 << i) != 0) {
          add(sequence);
        } else if (sequence >= base && sequence < end) {
          words[word(sequence)] &= ~bit(sequence);
        }
      }
    }
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(words, 0);
    base = 0;
    end = 0;
  }

  private void advanceTo(long newEnd) {
    if (newEnd <= end) {
      return;
    }
    if (newEnd - end >= capacity) {
      Arrays.fill(words, 0);
    } else {
      for (long sequence = end; sequence < newEnd; sequence++) {
        words[word(sequence)] &= ~bit(sequence);
      }
    }
    end = newEnd;
    base = Math.max(base, end - capacity);
  }

  private int word(long sequence) {
    return (int) (sequence & capacity - 1) >>> 6;
  }

  private static long bit(long sequence) {
    return 1L << (sequence & 63);
  }
}
