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
  private final HaveMap held;
  private long bytes;
  private final Entries entries = new Entries();

  /**
   * An empty window.
   *
   * @param capacity how many chunks it spans; a power of two
   */
  public ChunkWindow(int capacity) {
    this.ring = new Chunk[capacity];
    this.held = new HaveMap(capacity);
  }

  /** How many chunks it spans. */
  public int capacity() {
    return ring.length;
  }

  /** Whether a chunk lies before everything that is kept. */
  public boolean isPast(long sequence) {
    return sequence < held.base();
  }

  /** Whether a chunk is held. */
  public boolean has(long sequence) {
    return held.has(sequence);
  }

  /** A chunk, or null if it is not held. */
  public @Nullable Chunk get(long sequence) {
    return held.has(sequence) ? ring[slot(sequence)] : null;
  }

  /** The first sequence number from here on whose chunk is not held. */
  public long nextMissing(long from) {
    return held.nextMissing(from);
  }

  /** The first held chunk from here on; {@link #end} if there is none. */
  public long nextHeld(long from) {
    return held.nextHeld(from);
  }

  /** Takes a verified chunk in; the caller has asked {@link #isPast} and {@link #has}. */
  public void add(Chunk chunk) {
    long sequence = chunk.sequence();
    for (long passed = Math.max(end(), sequence + 1 - ring.length); passed <= sequence; passed++) {
      clear(slot(passed));
    }
    held.add(sequence);
    ring[slot(sequence)] = chunk;
    bytes += chunk.payloadBytes();
    entries.note(chunk.meta());
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
    return held.base();
  }

  /** One more than the highest sequence number held; 0 if none. */
  public long end() {
    return held.end();
  }

  /** Where a newcomer can start, as the held chunks say. */
  public Entries entries() {
    return entries;
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
    return held.bits(from);
  }

  private int slot(long sequence) {
    return (int) (sequence & ring.length - 1);
  }
}
