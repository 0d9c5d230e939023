package dev.livestream.engine.pull;

import dev.livestream.engine.membership.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests for chunks that are not here yet and may come any moment.
 *
 * <p>Whoever asks knows of what others hold by maps that are up to a second old, and mostly asks
 * for what is just spreading. Refused, it would turn to one peer after the other and then rest.
 * Kept for a moment, the request is answered with the chunk as soon as that comes: what was a guess
 * becomes a subscription to one chunk (docs/decisions, 0031).
 *
 * <p>A request waits for less than an asker waits for an answer, so that nobody is asked twice in
 * vain; of one peer and of all together only so many wait.
 */
final class WaitingRequests {
  private static final long LONGEST = 120_000;
  private static final int MOST = 256;
  private static final int MOST_OF_ONE_PEER = 64;

  // In the order in which they came, so the first is the first to be refused.
  private final List<Waiting> waiting = new ArrayList<>();

  private record Waiting(Peer peer, long sequence, long until) {}

  /**
   * A peer waits for a chunk from now on.
   *
   * @return false if too many do
   */
  boolean add(Peer peer, long sequence, long nowMicros) {
    cancel(peer, sequence);
    int ofThisPeer = 0;
    for (Waiting one : waiting) {
      ofThisPeer += one.peer == peer ? 1 : 0;
    }
    if (waiting.size() >= MOST || ofThisPeer >= MOST_OF_ONE_PEER) {
      return false;
    }
    waiting.add(new Waiting(peer, sequence, nowMicros + LONGEST));
    return true;
  }

  /** A chunk has come: those who wait for it, who wait no longer. */
  List<Peer> take(long sequence) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Peer> peers = new ArrayList<>(2);
    waiting.removeIf(one -> one.sequence == sequence && peers.add(one.peer));
    return peers;
  }

  /** Who has waited for long enough, and for what; they wait no longer. */
  Map<Peer, List<Long>> takeOverdue(long nowMicros) {
    if (waiting.isEmpty() || waiting.get(0).until > nowMicros) {
      return Map.of();
    }
    Map<Peer, List<Long>> overdue = new LinkedHashMap<>();
    waiting.removeIf(
        one -> {
          if (one.until > nowMicros) {
            return false;
          }
          overdue.computeIfAbsent(one.peer, peer -> new ArrayList<>(2)).add(one.sequence);
          return true;
        });
    return overdue;
  }

  /** A peer does not want a chunk any more. */
  void cancel(Peer peer, long sequence) {
    waiting.removeIf(one -> one.peer == peer && one.sequence == sequence);
  }

  /** A peer has gone. */
  void drop(Peer peer) {
    waiting.removeIf(one -> one.peer == peer);
  }

  /** The stream begins anew: what was waited for will not come. */
  void clear() {
    waiting.clear();
  }
}
