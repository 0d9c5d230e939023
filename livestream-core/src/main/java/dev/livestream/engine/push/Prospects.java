package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which neighbours would make good parents: they tell each other how many places they have left,
 * and how far from the source they are in each substream.
 *
 * <p>The mesh is random, so a dozen neighbours are a fair sample of the swarm: where one peer in
 * ten has a place, mostly one of them has. That finds a parent without opening a connection, and
 * lets whoever sits deep move up while there is room higher up (Chunkyspread, 2006, trades load and
 * latency among neighbours likewise). What is told is hearsay: a lie costs a futile question.
 */
final class Prospects {
  private static final long TELL_INTERVAL = 1_000_000;
  private static final long SOON = 200_000;
  private static final long FRESH = 3_000_000;

  private final EngineContext context;
  private final PeerBook book;
  private final Trees trees;
  private final ChildPlaces places;
  private long tellAt;
  private long lookAt;
  // Whoever had nothing to give and now has says so soon.
  private boolean offered;

  Prospects(EngineContext context, PeerBook book, Trees trees, ChildPlaces places) {
    this.context = context;
    this.book = book;
    this.trees = trees;
    this.places = places;
  }

  /** Tells the neighbours, now and then. */
  void tick(long nowMicros) {
    if (context.config().leaf() || nowMicros < lookAt) {
      return;
    }
    lookAt = nowMicros + SOON;
    Message.Places told = own();
    boolean offers = offersAny(told);
    if (nowMicros < tellAt && (offered || !offers)) {
      return;
    }
    offered = offers;
    tellAt = nowMicros + TELL_INTERVAL;
    boolean source = context.config().role() == Role.SOURCE;
    for (Peer peer : book.all()) {
      if (peer.isNeighbour() || peer.isVital() || (source && peer.greeted())) {
        context.outbox().send(peer.id(), told);
      }
    }
  }

  private static boolean offersAny(Message.Places told) {
    return told.free() > 0 && Arrays.stream(told.levels()).anyMatch(level -> level > 0);
  }

  /** Tells one peer now. */
  void tell(Peer peer) {
    if (!context.config().leaf()) {
      context.outbox().send(peer.id(), own());
    }
  }

  private Message.Places own() {
    Substream[] all = trees.all();
    int[] levels = new int[all.length];
    ChildPlaces.Room room = places.room();
    int home = trees.home();
    for (Substream substream : all) {
      if (substream.index() == home || places.open(substream, room) > 0) {
        levels[substream.index()] = trees.pathBelow(substream).length;
      }
    }
    int bar = home < 0 ? 0 : places.bar(all[home], room);
    return new Message.Places(room.free(), home, bar, levels);
  }

  /** A peer tells. */
  void told(Peer peer, Message.Places said, long nowMicros) {
    if (said.levels().length == trees.all().length) {
      peer.places(said, nowMicros);
    }
  }

  /**
   * The neighbour with a free place that is nearest to the source in a substream; null if none is
   * nearer than required.
   *
   * @param below only levels below this one will do
   */
  @Nullable Peer best(Substream substream, int below, Seek seek, long nowMicros) {
    Peer best = null;
    int bestLevel = below;
    for (Peer peer : book.all()) {
      int level = level(peer, substream, nowMicros);
      if (level > 0
          && level < bestLevel
          && peer != substream.parent()
          && !seek.wasTried(peer.id(), nowMicros)
          && substream.child(peer) == null) {
        best = peer;
        bestLevel = level;
      }
    }
    return best;
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
