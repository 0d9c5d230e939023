package dev.livestream.engine.pull;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose word a newcomer takes for where the stream is, before it holds a chunk that proves it.
 *
 * <p>The word of whoever claims the latest place to start at, because honest peers differ only in
 * how much they know. A liar can claim a place that will never be; so if no genuine chunk has come
 * within a while, that peer is doubted and the next one's word is taken. When everybody is doubted,
 * all are believed again: more often than by lies, peers are slow.
 */
public final class Beginning {
  private static final long PATIENCE = 1_000_000;

  private final PeerBook book;
  private final Map<PeerId, Boolean> doubted = new LinkedHashMap<>();
  private @Nullable Peer believed;
  private long since;

  /** Nobody is believed yet. */
  public Beginning(PeerBook book) {
    this.book = book;
  }

  /** The latest chunk to start at, as the peer that is believed says; -1 if none is known. */
  public long entry(long epoch) {
    Peer best = best(epoch);
    return best == null ? -1 : best.entry();
  }

  private @Nullable Peer best(long epoch) {
    Peer best = null;
    for (Peer peer : book.all()) {
      if (peer.haveEpoch() == epoch
          && peer.have().has(peer.entry())
          && !doubted.containsKey(peer.id())
          && (best == null || peer.entry() > best.entry())) {
        best = peer;
      }
    }
    return best;
  }

  /** Whether what a peer claims is taken into account. */
  public boolean believes(Peer peer) {
    return !doubted.containsKey(peer.id());
  }

  /**
   * To be asked again and again while no chunk has come.
   *
   * @return whether somebody is doubted now who was believed before, so that what was learnt so far
   *     is worth nothing
   */
  public boolean doubts(long epoch, long nowMicros) {
    Peer best = best(epoch);
    if (best == null || best != believed) {
      believed = best;
      since = nowMicros;
      return false;
    }
    if (nowMicros - since < PATIENCE) {
      return false;
    }
    doubted.put(best.id(), true);
    believed = best(epoch);
    since = nowMicros;
    if (believed == null) {
      doubted.clear();
    }
    return true;
  }
}
