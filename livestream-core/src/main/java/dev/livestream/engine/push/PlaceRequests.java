package dev.livestream.engine.push;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Allowance;
import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Dialer;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers those who look for a parent, and passes on what it cannot grant.
 *
 * <p>Whoever has no place tells one of those it is connected to that should have one, who grants it
 * or tells another, a few hops at most; the one that has a place calls the seeker. (Anycast in a
 * tree; Castro, Druschel, Kermarrec, Rowstron, 2003; SplitStream finds spare capacity with it.) The
 * seeker could be told whom to ask instead, and is if there is nobody to pass the question on to.
 * But what it is told is a second old, so that two of three refuse; each costs it a connection, and
 * after a disaster many are dead. What neighbours know of each other is fresher, and all of it goes
 * over connections that exist. Only who needs a parent is helped so, not who would move.
 *
 * <p>A lie gets a stranger called whose signed record says where it wants to be called, and a place
 * kept for a moment; both are rationed.
 */
final class PlaceRequests {
  private static final int HOPS = 6;
  private static final double PASSED_PER_SECOND = 40;
  private static final double PASSED_AT_ONCE = 80;
  private static final double OFFERS_PER_SECOND = 4;
  private static final double OFFERS_AT_ONCE = 16;
  private static final int MOST_OFFERS = 32;
  private static final long KEPT_FOR = 600_000;
  private static final long TOLD_LATELY = 3_000_000;
  private static final long HEARD_LATELY = 1_000_000;

  private final EngineContext context;
  private final PeerBook book;
  private final Dialer dialer;
  private final Trees trees;
  private final ChildPlaces places;
  private final Referrals referrals;
  private final Allowance passings = Allowance.of(PASSED_PER_SECOND, PASSED_AT_ONCE);
  private final Allowance calls = Allowance.of(OFFERS_PER_SECOND, OFFERS_AT_ONCE);
  private final Map<PeerId, Offer> offers = new LinkedHashMap<>();

  /** A place is kept for one that is being called. */
  private record Offer(Message.Wanted wanted, long until) {}

  PlaceRequests(
      EngineContext context,
      PeerBook book,
      Dialer dialer,
      Trees trees,
      ChildPlaces places,
      Referrals referrals) {
    this.context = context;
    this.book = book;
    this.dialer = dialer;
    this.trees = trees;
    this.places = places;
    this.referrals = referrals;
  }

  /** A peer asks for a place. */
  void asked(Peer peer, Message.Attach ask, long nowMicros) {
    RedirectReason refused = places.give(peer, ask, nowMicros);
    if (refused == null) {
      return;
    }
    PeerRecord record = peer.record();
    if (record != null
        && refused != RedirectReason.LOOP
        && ask.need() != Message.Attach.Need.MOVING
        && passOn(new Message.Wanted(ask, record, HOPS), peer, nowMicros)) {
      tell(peer, ask, RedirectReason.PASSED_ON, List.of());
    } else {
      refuse(peer, ask, refused, nowMicros);
    }
  }

  /** A peer asks for a place of one that is about to leave. */
  void refuse(Peer peer, Message.Attach ask, long nowMicros) {
    refuse(peer, ask, RedirectReason.FULL, nowMicros);
  }

  private void refuse(Peer peer, Message.Attach ask, RedirectReason reason, long nowMicros) {
    Substream substream = trees.all()[ask.substream()];
    tell(peer, ask, reason, referrals.forRefused(substream, peer, nowMicros));
  }

  private void tell(
      Peer peer, Message.Attach ask, RedirectReason reason, List<PeerRecord> candidates) {
    context.outbox().send(peer.id(), new Message.Redirect(ask.substream(), reason, candidates));
  }

  /** A peer passes on that somebody looks for a place. */
  void heard(Peer from, Message.Wanted wanted, long nowMicros) {
    boolean own = wanted.seeker().id().equals(context.config().self());
    if (!own && !offers(wanted, nowMicros)) {
      passOn(wanted, from, nowMicros);
    }
  }

  /**
   * Gives the seeker a place, or keeps one and calls the seeker. On the word of another only few
   * have to give way, or somebody who talks could have all children displaced.
   */
  private boolean offers(Message.Wanted wanted, long nowMicros) {
    PeerRecord seeker = wanted.seeker();
    Substream substream = trees.all()[wanted.ask().substream()];
    long until = nowMicros + KEPT_FOR;
    Peer connected = book.greeted(seeker.id());
    if (connected != null) {
      return (places.keep(seeker.id(), substream, until, nowMicros) || calls.takeOne(nowMicros))
          && places.give(connected, wanted.ask(), nowMicros) == null;
    }
    offers.values().removeIf(offer -> offer.until() < nowMicros);
    calls.earn(nowMicros);
    if (offers.size() >= MOST_OFFERS
        || offers.containsKey(seeker.id())
        || !calls.has(1)
        || !places.keep(seeker.id(), substream, until, nowMicros)) {
      return false;
    }
    calls.take(1);
    offers.put(seeker.id(), new Offer(wanted, until));
    return dialer.dial(seeker, nowMicros);
  }

  /** A peer has said hello: perhaps a place is kept for it. */
  void greeted(Peer peer, long nowMicros) {
    Offer offer = offers.remove(peer.id());
    if (offer != null
        && nowMicros < offer.until()
        && places.give(peer, offer.wanted().ask(), nowMicros) != null) {
      passOn(offer.wanted(), peer, nowMicros);
    }
  }

  private boolean passOn(Message.Wanted wanted, Peer from, long nowMicros) {
    if (wanted.hops() == 0) {
      return false;
    }
    Peer next = next(wanted, from, nowMicros);
    if (next == null || !passings.takeOne(nowMicros)) {
      return false;
    }
    context
        .outbox()
        .send(next.id(), new Message.Wanted(wanted.ask(), wanted.seeker(), wanted.hops() - 1));
    return true;
  }

  /**
   * Who should have a place, or know of one: a child with room below it, else a neighbour with
   * room, else the parent.
   */
  private @Nullable Peer next(Message.Wanted wanted, Peer from, long nowMicros) {
    Substream substream = trees.all()[wanted.ask().substream()];
    List<Peer> likely = new ArrayList<>();
    for (Child child : substream.children()) {
      if (child.spareBelow() > 0
          && !child.isLeaving()
          && canPass(child.peer(), wanted, from, nowMicros)) {
        likely.add(child.peer());
      }
    }
    Peer parent = substream.parent();
    if (likely.isEmpty()) {
      for (Peer peer : book.all()) {
        if (peer != parent
            && hasRoom(peer, substream, nowMicros)
            && canPass(peer, wanted, from, nowMicros)) {
          likely.add(peer);
        }
      }
    }
    if (!likely.isEmpty()) {
      return likely.get(context.random().nextInt(likely.size()));
    }
    return parent != null && substream.isFed() && canPass(parent, wanted, from, nowMicros)
        ? parent
        : null;
  }

  private static boolean hasRoom(Peer peer, Substream substream, long nowMicros) {
    Message.Places told = peer.places();
    return told != null
        && nowMicros - peer.placesToldAt() < TOLD_LATELY
        && told.free() > 0
        && told.levels()[substream.index()] > 0;
  }

  /** Not the source, which would be asked by all, nor who may be dead. */
  private static boolean canPass(Peer peer, Message.Wanted wanted, Peer from, long nowMicros) {
    return peer != from
        && peer.greeted()
        && peer.role() != Role.SOURCE
        && !peer.id().equals(wanted.seeker().id())
        && peer.pingedAt() == 0
        && nowMicros - peer.lastHeard() < HEARD_LATELY;
  }
}
