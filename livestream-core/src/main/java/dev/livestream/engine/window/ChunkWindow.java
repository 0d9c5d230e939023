package dev.livestream.engine.window;

import dev.livestream.wire.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * The latest verified chunks of an epoch, for the reader and for other peers.
 *
 * <p>A ring indexed by sequence number: a chunk is found in one step, and the memory is bounded by
 * the number of chunks whatever arrives. A chunk that lies a whole window behind the newest is too
 * late for everybody and is not taken.
 */
public final class ChunkWindow {
  private final @Nullable Chunk[] ring;
  private final long[] arrivals;
  private long end;
  private long bytes;
  private long entry = -1;

  /**
   * An empty window.
   *
   * @param capacity how many chunks it spans; a power of two
   */
  public ChunkWindow(int capacity) {
    this.ring = new Chunk[capacity];
    this.arrivals = new long[capacity];
  }

  /** How many chunks it spans. */
  public int capacity() {
    return ring.length;
  }

  /** Whether a chunk lies before everything that is kept. */
  public boolean isPast(long sequence) {
    return sequence < base();
  }

  /** Whether a chunk is held. */
  public boolean has(long sequence) {
    return get(sequence) != null;
  }

  /** A chunk, or null if it is not held. */
  public @Nullable Chunk get(long sequence) {
    if (sequence >= end || isPast(sequence)) {
      return null;
    }
    return ring[slot(sequence)];
  }

  /** When a held chunk arrived. */
  public long arrivedAt(long sequence) {
    return arrivals[slot(sequence)];
  }

  /** Takes a verified chunk in; the caller has asked {@link #isPast} and {@link #has}. */
  public void add(Chunk chunk, long nowMicros) {
    long sequence = chunk.sequence();
    if (sequence >= end) {
      long from = Math.max(end, sequence + 1 - ring.length);
      for (long passed = from; passed <= sequence; passed++) {
        clear(slot(passed));
      }
      end = sequence + 1;
    }
    ring[slot(sequence)] = chunk;
    arrivals[slot(sequence)] = nowMicros;
    bytes += chunk.payloadBytes();
    entry = Math.max(entry, sequence - chunk.meta().keyFrameDistance());
  }

  private void clear(int slot) {
    @Nullable Chunk old = ring[slot];
    if (old != null) {
      bytes -= old.payloadBytes();
      ring[slot] = null;
    }
  }

  /** The lowest sequence number that is kept. */
  public long base() {
    return Math.max(0, end - ring.length);
  }

  /** One more than the highest sequence number held; 0 if none. */
  public long end() {
    return end;
  }

  /** The latest chunk that a newcomer can start at, as the held chunks say; -1 if none is known. */
  public long entry() {
    return entry;
  }

  /** Payload bytes held. */
  public long bytes() {
    return bytes;
  }

  /**
   * What is held from a sequence number on, as a have-map: bit i of byte j, lowest first, stands
   * for chunk {@code from + 8 j + i}.
   */
  public byte[] bits(long from) {
    int count = (int) Math.max(0, end - from);
    byte[] bits = new byte[(count + Byte.SIZE - 1) / Byte.SIZE];
    for (int i = 0; i < count; i++) {
      if (has(from + i)) {
        bits[i >>> 3] |= (byte) (1 << (i & 7));
      }
    }
    return bits;
  }

  private int slot(long sequence) {
    return (int) (sequence & ring.length - 1);
  }
}
