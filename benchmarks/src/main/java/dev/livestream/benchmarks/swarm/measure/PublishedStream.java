package dev.livestream.benchmarks.swarm.measure;

import dev.livestream.crypto.ChunkPriority;
import dev.livestream.wire.Chunk;
import java.util.ArrayList;
import java.util.List;

/** Everything the broadcaster has written, over all its epochs, in one row. */
public final class PublishedStream {
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<Long> epochs = new ArrayList<>();
  private final List<Integer> firsts = new ArrayList<>();
  private int latestStart;

  /** Nothing written yet. */
  public PublishedStream() {}

  /** The broadcaster has written a chunk; epochs grow and sequences count up from 0. */
  public void add(Chunk chunk) {
    if (epochs.isEmpty() || epochs.get(epochs.size() - 1) < chunk.epoch()) {
      epochs.add(chunk.epoch());
      firsts.add(chunks.size());
    }
    if (index(chunk.epoch(), chunk.sequence()) != chunks.size()) {
      throw new IllegalStateException("the broadcaster skips or repeats a sequence number");
    }
    if (chunk.meta().isStart()) {
      latestStart = chunks.size();
    }
    chunks.add(chunk);
  }

  /** How many chunks there are. */
  public int size() {
    return chunks.size();
  }

  /** Where a chunk stands in the row, if it was ever written; -1 for an epoch that never was. */
  public int index(long epoch, long sequence) {
    for (int i = epochs.size() - 1; i >= 0; i--) {
      if (epochs.get(i) == epoch) {
        return (int) Math.min(Integer.MAX_VALUE, firsts.get(i) + sequence);
      }
    }
    return -1;
  }

  /** Where a genuine chunk stands in the row. */
  public int index(Chunk chunk) {
    return index(chunk.epoch(), chunk.sequence());
  }

  /** The chunk at a place. */
  public Chunk chunk(int index) {
    return chunks.get(index);
  }

  /** When it was written. */
  public long writtenMicros(int index) {
    return chunks.get(index).meta().timestampMicros();
  }

  /** Its priority. */
  public ChunkPriority priority(int index) {
    return chunks.get(index).meta().priority();
  }

  /** The latest chunk that a viewer can start with. */
  public int latestStart() {
    return latestStart;
  }

  /** The first chunk written at or after a moment; {@link #size} if there is none. */
  public int firstSince(long micros) {
    int low = 0;
    int high = chunks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (writtenMicros(middle) < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
