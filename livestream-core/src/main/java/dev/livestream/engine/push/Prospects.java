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
 * child of a peer near the source is served later than the first child of one further down. But of
 * two that are alike the nearer one is better, because fewer peers can fail above it.
 *
 * <p>What is told is hearsay: a lie costs a futile question, or a move to a parent whose chunks
 * then tell how late it is.
 */
final class Prospects {
  private static final long FRESH = 3_000_000;
  // More than any delay that can be told; of those who cannot tell the one with fewest hops.
  private static final long UNKNOWN = Long.MAX_VALUE / 4;
  // Each hop is one more peer that can fail, and where all delays are alike, as on one machine,
  // trees would else grow as deep as chance has it.
  private static final long HOP = 15_000;

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

  /** The neighbour that would be the best parent; null if there is none. */
  @Nullable Peer best(Substream substream, Seek seek, long nowMicros) {
    return cheapest(substream, Long.MAX_VALUE, seek, nowMicros);
  }

  /**
   * The neighbour that would be the best parent, if it is better than the present one.
   *
   * @param by by how much at least, in microseconds
   */
  @Nullable Peer better(Substream substream, long by, Seek seek, long nowMicros) {
    long own = substream.lag().micros() + HOP * substream.path().length;
    return cheapest(substream, own - by, seek, nowMicros);
  }

  private @Nullable Peer cheapest(Substream substream, long below, Seek seek, long nowMicros) {
    Peer best = null;
    long least = below;
    for (Peer peer : book.all()) {
      int level = level(peer, substream, nowMicros);
      if (level > 0
          && peer != substream.parent()
          && !seek.wasTried(peer.id(), nowMicros)
          && substream.child(peer) == null) {
        long cost = expected(peer, substream) + HOP * level;
        if (cost < least) {
          best = peer;
          least = cost;
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
    long expected = expected(parent, substream);
    if (expected < UNKNOWN) {
      substream.lag().presume(expected);
    } else {
      substream.lag().forget();
    }
  }

  /** How long after they were written a peer would bring chunks, by the two clocks at hand. */
  private long expected(Peer peer, Substream substream) {
    Message.Places told = peer.places();
    if (told == null || told.present() == 0) {
      return UNKNOWN;
    }
    int index = substream.index();
    long headStart = trees.home() == index ? told.headStart() : 0;
    long leavingNow = 1_000 * (told.present() - told.behind()[index] + headStart);
    return peer.placesToldAt() - leavingNow;
  }

  /** How far a peer that would give a place is from the source, which is 1; 0 if unknown. */
  private int level(Peer peer, Substream substream, long nowMicros) {
    Message.Places told = peer.places();
    if (told == null
        || !peer.forwards()
        || nowMicros - peer.placesToldAt() > FRESH
        || peer.isSilent(nowMicros, 0)) {
      return 0;
    }
    int index = substream.index();
    boolean home = trees.home() == index;
    boolean given =
        peer.role() == Role.SOURCE
            ? told.free() > 0 && (home || isStrong(substream) || trees.isCutOff())
            : told.free() > 0
                || (substream.isFed() && told.home() == index && told.bar() == 0)
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
