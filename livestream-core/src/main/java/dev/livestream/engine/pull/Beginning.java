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
 *
 * <p>It starts there, or at the next key frame if that is near ({@link KeyFrameWait}).
 */
public final class Beginning {
  private static final long PATIENCE = 1_000_000;

  private final PeerBook book;
  private final Map<PeerId, Boolean> doubted = new LinkedHashMap<>();
  private final KeyFrameWait wait = new KeyFrameWait();
  private @Nullable Peer believed;
  private long since;

  /** Nobody is believed yet. */
  public Beginning(PeerBook book) {
    this.book = book;
  }

  /** Goes on deciding where to start, as long as nothing is played. */
  public void choose(long epoch, long nowMicros) {
    wait.tick(nowMicros);
    Peer best = best(epoch);
    if (best != null) {
      wait.decide(best, nowMicros);
    }
  }

  /**
   * The latest chunk to start at, as the peer that is believed says; -1 if none is known, or the
   * next one is waited for.
   */
  public long entry(long epoch) {
    Peer best = best(epoch);
    return best == null || wait.passesOver(best.entry()) ? -1 : best.entry();
  }

  /** Whether this place to start is passed over, for the next one. */
  public boolean passesOver(long entry) {
    return wait.passesOver(entry);
  }

  /** The stream has ended: there will be no other place to start. */
  public void ended() {
    wait.end();
  }

  /** The stream begins anew. */
  public void restart() {
    wait.restart();
  }

  private @Nullable Peer best(long epoch) {
    Peer best = null;
    for (Peer peer : book.all()) {
      if (peer.haveEpoch() == epoch
          && peer.have().has(peer.entry())
          && !doubted.containsKey(peer.id())
          && (best == null || isAhead(peer, best))) {
        best = peer;
      }
    }
    return best;
  }

  private static boolean isAhead(Peer peer, Peer other) {
    return peer.entry() != other.entry()
        ? peer.entry() > other.entry()
        : peer.intervalMillis() > 0 && other.intervalMillis() == 0;
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
    if (best == null || best != believed || wait.isOn()) {
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
