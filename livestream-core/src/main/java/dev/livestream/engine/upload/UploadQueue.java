package dev.livestream.engine.upload;

import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Chunk;
import java.util.Iterator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that wait for the uplink, the most urgent first.
 *
 * <p>Urgency is a moment: mostly when the chunk was queued, so that chunks leave in the order in
 * which they came, and each for the best forwarder first. What can wait counts as if it had come
 * later, and what must not as if it had come before (see {@link Uploader}).
 */
final class UploadQueue {
  private static final int CAPACITY = 2_048;

  /** One chunk for one peer. */
  record Entry(Peer peer, Chunk chunk, boolean requested, long urgency, long order, long expires)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byUrgency = Long.compare(urgency, other.urgency);
      return byUrgency != 0 ? byUrgency : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long bytes;
  private long order;

  /** Adds an entry; false if the queue is full. */
  boolean add(Peer peer, Chunk chunk, boolean requested, long urgency, long expires) {
    if (entries.size() >= CAPACITY) {
      return false;
    }
    entries.add(new Entry(peer, chunk, requested, urgency, order++, expires));
    bytes += chunk.frameBytes();
    if (requested) {
      peer.requestsQueued(1);
    }
    return true;
  }

  /**
   * The most urgent entry that has not expired; null if there is none. Expired ones are dropped.
   */
  @Nullable Entry peek(long nowMicros) {
    Entry first = entries.peek();
    while (first != null && first.expires < nowMicros) {
      remove();
      first = entries.peek();
    }
    return first;
  }

  /** Removes the most urgent entry. */
  void remove() {
    forget(entries.remove());
  }

  private void forget(Entry entry) {
    bytes -= entry.chunk.frameBytes();
    if (entry.requested) {
      entry.peer.requestsQueued(-1);
    }
  }

  /** Removes what waits for a peer: one chunk, or all if the sequence number is negative. */
  void cancel(Peer peer, long sequence) {
    Iterator<Entry> iterator = entries.iterator();
    while (iterator.hasNext()) {
      Entry entry = iterator.next();
      if (entry.peer == peer && (sequence < 0 || entry.chunk.sequence() == sequence)) {
        iterator.remove();
        forget(entry);
      }
    }
  }

  /** Removes everything. */
  void clear() {
    while (!entries.isEmpty()) {
      remove();
    }
  }

  /** Bytes that wait. */
  long bytes() {
    return bytes;
  }

  /** Whether nothing waits. */
  boolean isEmpty() {
    return entries.isEmpty();
  }
}
