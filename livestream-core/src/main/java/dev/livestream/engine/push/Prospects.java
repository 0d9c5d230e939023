package dev.livestream.engine.push;

import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import org.jspecify.annotations.Nullable;

/**
 * Which neighbours would make good parents: they tell each other how many places they have left,
 * and how soon chunks leave them in each substream ({@link Announcements}).
 *
 * <p>The mesh is random, so a dozen neighbours are a fair sample of the swarm: where one peer in
 * ten has a place, mostly one of them has. That finds a parent without opening a connection, and
 * lets whoever is served late move while there is room where it is earlier (Chunkyspread, 2006,
 * trades load and latency among neighbours likewise). The number of hops says little: the last
 * child of a peer near the source is served later than the first child of one further down.
 *
 * <p>What is told is hearsay: a lie costs a futile question, or a move to a parent whose chunks
 * then tell how late it is.
 */
final class Prospects {
  private static final long FRESH = 3_000_000;
  // More than any delay that can be told; of those who cannot tell the one with fewest hops.
  private static final long UNKNOWN = Long.MAX_VALUE / 4;

  private final PeerBook book;
  private final Trees trees;

  Prospects(PeerBook book, Trees trees) {
    this.book = book;
    this.trees = trees;
  }

  /** A peer tells. */
  void told(Peer peer, Message.Places said, long nowMicros) {
    if (said.levels().length == trees.all().length) {
      peer.places(said, nowMicros);
    }
  }

  /**
   * The neighbour that would bring a substream's chunks soonest; null if there is none.
   *
   * @param before only those who would bring them this long after they were written, or sooner
   */
  @Nullable Peer best(Substream substream, long before, Seek seek, long nowMicros) {
    Peer best = null;
    long least = before;
    for (Peer peer : book.all()) {
      int level = level(peer, substream, nowMicros);
      if (level > 0
          && peer != substream.parent()
          && !seek.wasTried(peer.id(), nowMicros)
          && substream.child(peer) == null) {
        long lag = expected(peer, substream, level);
        if (lag < least) {
          best = peer;
          least = lag;
        }
      }
    }
    return best;
  }

  /** Whether a peer has told after a moment that it has a way to the source in any substream. */
  boolean anybodyHasAWay(long afterMicros) {
    for (Peer peer : book.all()) {
      Message.Places told = peer.places();
      if (told != null && peer.placesToldAt() > afterMicros) {
        for (int level : told.levels()) {
          if (level > 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** A peer has become the parent: chunks are presumed to arrive as it has told, until they do. */
  void presume(Substream substream, Peer parent) {
    long expected = expected(parent, substream, 0);
    if (expected < UNKNOWN) {
      substream.lag().presume(expected);
    } else {
      substream.lag().forget();
    }
  }

  /** How long after they were written a peer would bring chunks, by the two clocks at hand. */
  private long expected(Peer peer, Substream substream, int level) {
    Message.Places told = peer.places();
    if (told == null || told.present() == 0) {
      return UNKNOWN + level;
    }
    int index = substream.index();
    long headStart = trees.home() == index ? told.headStart() : 0;
    long leavingNow = 1_000 * (told.present() - told.behind()[index] + headStart);
    return peer.placesToldAt() - leavingNow;
  }

  /** How far a peer that would give a place is from the source, which is 1; 0 if unknown. */
  private int level(Peer peer, Substream substream, long nowMicros) {
    Message.Places told = peer.places();
    if (told == null || !peer.forwards() || nowMicros - peer.placesToldAt() > FRESH) {
      return 0;
    }
    int index = substream.index();
    boolean home = trees.home() == index;
    boolean given =
        peer.role() == Role.SOURCE
            ? told.free() > 0 && (home || isStrong(substream) || trees.isCutOff())
            : told.free() > 0
                || (home
                    && told.home() == index
                    && Promotions.passes(trees.offer(substream), true, told.bar()));
    return given ? told.levels()[index] : 0;
  }

  /** Whether this peer can serve a whole copy, or as much, in a substream. */
  private boolean isStrong(Substream substream) {
    return trees.offer(substream) >= trees.all().length;
  }
}
