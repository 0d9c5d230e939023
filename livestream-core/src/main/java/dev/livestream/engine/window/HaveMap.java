package dev.livestream.engine.window;

/**
 * Which chunks a peer is known to hold: a bitmap over a stretch of sequence numbers that moves
 * forward. What lies before the stretch counts as not held.
 */
public final class HaveMap {
  private final SequenceBits bits;

  /**
   * An empty map.
   *
   * @param capacity how many sequence numbers it spans; a power of two of at least 64
   */
  public HaveMap(int capacity) {
    this.bits = new SequenceBits(capacity);
  }

  /** Whether a chunk is known to be held. */
  public boolean has(long sequence) {
    return bits.get(sequence);
  }

  /** One more than the highest sequence number known to be held; 0 if none. */
  public long end() {
    return bits.end();
  }

  /** Notes that a chunk is held. Chunks that lie too far back are forgotten. */
  public void add(long sequence) {
    bits.set(sequence);
  }

  /**
   * Takes over a map as it came over the wire. The claim replaces what was known in its stretch,
   * and cannot cost more than the map's fixed size.
   *
   * @param claimed bit i of byte j, lowest first, stands for chunk {@code from + 8 j + i}
   */
  public void replace(long from, byte[] claimed) {
    bits.replace(from, claimed);
  }

  /** Forgets everything. */
  public void clear() {
    bits.clear();
  }
}
