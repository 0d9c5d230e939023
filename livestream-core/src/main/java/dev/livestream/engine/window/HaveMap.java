package dev.livestream.engine.window;

import java.util.Arrays;

/**
 * Which chunks are held, by a peer or here: a bit for each of the latest sequence numbers, in a
 * ring that moves forward. What lies before the ring counts as not held.
 *
 * <p>Such maps are looked at many times a second, mostly to find nothing new. So stretches are read
 * and written a word or an octet at a time, and a search steps over 64 chunks at once.
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
    if (capacity < Long.SIZE || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("a map of " + capacity + " chunks cannot be");
    }
    this.capacity = capacity;
    this.words = new long[capacity / Long.SIZE];
  }

  /** The lowest sequence number that is spoken of. */
  public long base() {
    return base;
  }

  /** One more than the highest sequence number known to be held; 0 if none. */
  public long end() {
    return end;
  }

  /** Whether a chunk is known to be held. */
  public boolean has(long sequence) {
    return sequence >= base && sequence < end && (words[word(sequence)] & bit(sequence)) != 0;
  }

  /** Notes that a chunk is held. Chunks that lie too far back are forgotten. */
  public void add(long sequence) {
    if (sequence >= base) {
      advanceTo(sequence + 1);
      words[word(sequence)] |= bit(sequence);
    }
  }

  /** The first chunk from here on that is not known to be held. */
  public long nextMissing(long from) {
    if (from < base) {
      return from;
    }
    long sequence = from;
    while (sequence < end) {
      long clear = ~words[word(sequence)] >>> sequence;
      if (clear != 0) {
        return Math.min(end, sequence + Long.numberOfTrailingZeros(clear));
      }
      sequence = afterWord(sequence);
    }
    return Math.max(from, end);
  }

  /** The first chunk from here on that is held; {@link #end} if there is none. */
  public long nextHeld(long from) {
    long sequence = Math.max(from, base);
    while (sequence < end) {
      long set = words[word(sequence)] >>> sequence;
      if (set != 0) {
        return Math.min(end, sequence + Long.numberOfTrailingZeros(set));
      }
      sequence = afterWord(sequence);
    }
    return end;
  }

  /**
   * The map from a sequence number to the end, as it goes over the wire: bit i of byte j, lowest
   * first, stands for chunk {@code from + 8 j + i}.
   */
  public byte[] bits(long from) {
    byte[] octets = new byte[(int) ((Math.max(0, end - from) + Byte.SIZE - 1) / Byte.SIZE)];
    for (int j = 0; j < octets.length; j++) {
      long first = from + (long) j * Byte.SIZE;
      if (isInside(first)) {
        octets[j] = (byte) octet(first);
      } else {
        for (int i = 0; i < Byte.SIZE; i++) {
          octets[j] |= (byte) (has(first + i) ? 1 << i : 0);
        }
      }
    }
    return octets;
  }

  /** Notes that a chunk is not held, whatever was known of it. */
  public void remove(long sequence) {
    put(sequence, false);
  }

  /**
   * Takes over a map as it came over the wire. The claim replaces what was known in its stretch,
   * and cannot cost more than the map's fixed size.
   *
   * @param octets as {@link #bits} gives them
   */
  public void replace(long from, byte[] octets) {
    int last = octets.length - 1;
    while (last >= 0 && octets[last] == 0) {
      last--;
    }
    if (last >= 0) {
      int highest = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(octets[last] & 0xff);
      advanceTo(from + (long) last * Byte.SIZE + highest + 1);
    }
    for (int j = 0; j < octets.length; j++) {
      long first = from + (long) j * Byte.SIZE;
      if (isInside(first)) {
        putOctet(first, octets[j] & 0xffL);
      } else {
        for (int i = 0; i < Byte.SIZE; i++) {
          put(first + i, (octets[j] & 1 << i) != 0);
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

  private boolean isInside(long first) {
    return first >= base && first + Byte.SIZE <= end;
  }

  private long octet(long first) {
    int shift = (int) first & 63;
    long low = words[word(first)] >>> shift;
    if (shift > Long.SIZE - Byte.SIZE) {
      low |= words[word(first + Byte.SIZE)] << (Long.SIZE - shift);
    }
    return low & 0xff;
  }

  private void putOctet(long first, long octet) {
    int shift = (int) first & 63;
    int low = word(first);
    words[low] = (words[low] & ~(0xffL << shift)) | (octet << shift);
    if (shift > Long.SIZE - Byte.SIZE) {
      int high = word(first + Byte.SIZE);
      int rest = Long.SIZE - shift;
      words[high] = (words[high] & ~(0xffL >>> rest)) | (octet >>> rest);
    }
  }

  private void put(long sequence, boolean set) {
    if (sequence < base || sequence >= end) {
      return;
    }
    if (set) {
      words[word(sequence)] |= bit(sequence);
    } else {
      words[word(sequence)] &= ~bit(sequence);
    }
  }

  private void advanceTo(long newEnd) {
    if (newEnd <= end) {
      return;
    }
    if (newEnd - end >= capacity) {
      Arrays.fill(words, 0);
    } else {
      clear(end, newEnd);
    }
    end = newEnd;
    base = Math.max(base, end - capacity);
  }

  // What the ring still holds at these places is a whole turn old.
  private void clear(long from, long to) {
    for (long sequence = from; sequence < to; sequence = afterWord(sequence)) {
      long kept = ~(-1L << sequence);
      if (afterWord(sequence) > to) {
        kept |= -1L << to;
      }
      words[word(sequence)] &= kept;
    }
  }

  private static long afterWord(long sequence) {
    return (sequence | 63) + 1;
  }

  private int word(long sequence) {
    return (int) (sequence & capacity - 1) >>> 6;
  }

  private static long bit(long sequence) {
    return 1L << sequence;
  }
}
