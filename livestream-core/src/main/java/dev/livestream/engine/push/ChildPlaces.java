package dev.livestream.engine.push;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Allowance;
import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parent's side of the trees: who gets a place, who gives way, and whom to name instead.
 *
 * <p>The rules, in their order (they follow the feasibility study in docs/decisions):
 *
 * <ol>
 *   <li>Whoever stands on this peer's own path is refused: that would be a loop.
 *   <li>A free place is given. The source gives each substream its equal share.
 *   <li>In this peer's home substream, a child of another substream gives way to one who serves
 *       this one mainly, too. (Were it to give way to anybody, in a crowd one would lose a place
 *       for each who got one.)
 *   <li>A newcomer that can serve clearly more than the weakest child takes its place and adopts
 *       it. The strong thus end up near the source, and trees stay shallow.
 *   <li>One that has looked in vain for long is taken although it is one too many ({@link
 *       Stretch}).
 *   <li>Otherwise there is none ({@link PlaceRequests} says what then).
 * </ol>
 *
 * A child that gives way is told whom to ask and is served a little longer, so that it misses
 * nothing.
 */
final class ChildPlaces {
  private static final long GRACE = 1_500_000;
  private static final long SHORT_GRACE = 400_000;
  private static final long ADOPTED_WITHIN = 2_500_000;
  private static final int TOLERANT = 4;
  private static final long SHED_INTERVAL = 1_500_000;

  private final EngineContext context;
  private final Trees trees;
  private final Slots slots;
  private final Referrals referrals;
  private final ChildWatch watch;
  private final Stretch stretch;
  private final Rush rush;
  private final KeptPlaces kept = new KeptPlaces();
  // An uplink that nothing is known of gets a few children, and is measured with them.
  private final Allowance firstPlaces = Allowance.of(2, 3);
  private long shedAt;

  ChildPlaces(
      EngineContext context,
      Trees trees,
      Slots slots,
      Referrals referrals,
      ChildWatch watch,
      Stretch stretch,
      Rush rush) {
    this.stretch = stretch;
    this.rush = rush;
    this.referrals = referrals;
    this.watch = watch;
    this.context = context;
    this.trees = trees;
    this.slots = slots;
  }

  /**
   * What there is to give, as long as nobody comes or goes.
   *
   * @param total places there are
   * @param taken places given away
   * @param free places that can still be given away, in any substream
   */
  record Room(int total, int taken, int free) {}

  /** What there is to give now. */
  Room room() {
    int taken = taken();
    int total = slots.total(taken);
    return new Room(total, taken, Math.max(0, total - taken - kept.count()));
  }

  /** Places given away. */
  int taken() {
    int taken = 0;
    for (Substream substream : trees.all()) {
      taken += substream.places();
    }
    return taken;
  }

  /** Children that pass on what they get. */
  int interior() {
    int count = 0;
    for (Substream substream : trees.all()) {
      for (Child child : substream.children()) {
        count += child.slots() > 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** Places there are. */
  int total() {
    return slots.total(taken());
  }

  /** Places that the uplink could carry, whether or not it has proved it. */
  int capacity() {
    return slots.capacity();
  }

  /** Free places that whoever comes could get in this substream. */
  int open(Substream substream, Room room) {
    if (context.config().role() == Role.SOURCE) {
      return openAtSource(substream, room);
    }
    if (trees.home() != substream.index()) {
      // Some are kept for the home substream, or every newcomer there would displace somebody.
      return Math.max(0, room.free - (room.total > 8 ? 1 : 0));
    }
    return room.free;
  }

  /** Places of other substreams' children, which give way to whoever has this home as well. */
  private int foreign(Substream substream, Room room) {
    return trees.home() == substream.index() ? room.taken - substream.places() : 0;
  }

  /** Each substream gets its share; what is left over goes to those that have theirs. */
  private int openAtSource(Substream substream, Room room) {
    int share = room.total / trees.all().length;
    int owed = 0;
    for (Substream other : trees.all()) {
      owed += other == substream ? 0 : Math.max(0, share - other.places());
    }
    int most = share + (room.total % trees.all().length > 0 ? 1 : 0);
    return Math.max(0, Math.min(room.free - owed, most - substream.places()));
  }

  /**
   * What an asker must beat in a substream: 0 while whoever comes gets a place, else one more than
   * the weakest child can serve.
   */
  int bar(Substream substream, Room room) {
    boolean all = open(substream, room) + foreign(substream, room) > 0;
    Child weakest = all ? null : substream.weakest();
    return weakest == null ? 0 : weakest.slots() + 1;
  }

  /**
   * A peer asks for a place.
   *
   * @return why it does not get one; null if it was given one, and told so
   */
  @Nullable RedirectReason give(Peer peer, Message.Attach ask, long nowMicros) {
    Substream substream = trees.all()[ask.substream()];
    Child known = substream.child(peer);
    if (known != null && !known.isLeaving()) {
      known.claims(ask.slots(), ask.home());
      substream.order();
      grant(substream, peer, null);
      return null;
    }
    if (substream.pathContains(peer.id().shortId()) || substream.parent() == peer) {
      return RedirectReason.LOOP;
    }
    if (context.config().leaf()) {
      return RedirectReason.FULL;
    }
    if (!serves(substream)) {
      return RedirectReason.ORPHAN;
    }
    boolean expected = kept.take(peer.id());
    if (!expected && slots.isUnproved() && !firstPlaces.takeOne(nowMicros)) {
      return RedirectReason.FULL;
    }
    boolean source = context.config().role() == Role.SOURCE;
    watch.makeRoom(substream, nowMicros);
    Room room = room();
    if (source
        && open(substream, room) <= 0
        && substream.places() < room.total / trees.all().length) {
      evenOut(room, nowMicros);
      room = room();
    }
    boolean full = open(substream, room) == 0;
    boolean displaces =
        full
            && foreign(substream, room) > 0
            && ((ask.home() && ask.slots() > 0)
                || (ask.need() == Message.Attach.Need.MOVING && !rush.isOn(nowMicros)));
    if (expected || !full || displaces) {
      if (!expected && displaces) {
        displaceForeign(substream, nowMicros);
      }
      accept(substream, peer, ask, null, nowMicros);
      return null;
    }
    Child weakest = substream.weakest();
    if (weakest != null
        && Promotions.isClearlyStronger(ask.slots(), ask.home(), weakest.slots())
        && swap(substream, peer, ask, weakest, nowMicros)) {
      return null;
    }
    if (ask.need() == Message.Attach.Need.UNSERVED && stretch.canTake(room)) {
      accept(substream, peer, ask, null, nowMicros).stretch(true);
      return null;
    }
    if (ask.need() != Message.Attach.Need.MOVING) {
      rush.note(nowMicros);
    }
    return RedirectReason.FULL;
  }

  /** Keeps a free place for one that is not connected yet; false if there is none for it. */
  boolean keep(PeerId seeker, Substream substream, long until, long nowMicros) {
    if (context.config().leaf()
        || !serves(substream)
        || substream.pathContains(seeker.shortId())
        || (slots.isUnproved() && !firstPlaces.takeOne(nowMicros))) {
      return false;
    }
    watch.makeRoom(substream, nowMicros);
    return open(substream, room()) > 0 && kept.keep(seeker, until);
  }

  /** Whether there is anything to serve. */
  private boolean serves(Substream substream) {
    return context.config().role() == Role.SOURCE || substream.isFed();
  }

  private Child accept(
      Substream substream,
      Peer peer,
      Message.Attach ask,
      @Nullable PeerRecord adopt,
      long nowMicros) {
    substream.release(peer);
    Child child = substream.adopt(peer, ask.slots(), ask.home());
    if (ask.need() == Message.Attach.Need.NEWCOMER) {
      child.newUntil(nowMicros + Lack.LATELY);
    }
    grant(substream, peer, adopt);
    return child;
  }

  private void grant(Substream substream, Peer peer, @Nullable PeerRecord adopt) {
    context
        .outbox()
        .send(
            peer.id(),
            new Message.Attached(
                substream.index(),
                trees.paths().below(substream),
                referrals.above(substream, peer),
                adopt,
                trees.forwarding().next(substream)));
  }

  private boolean swap(
      Substream substream, Peer peer, Message.Attach ask, Child weakest, long nowMicros) {
    PeerRecord adopted = weakest.peer().record();
    PeerRecord newcomer = peer.record();
    if (adopted == null || newcomer == null) {
      return false;
    }
    List<PeerRecord> candidates = new ArrayList<>();
    candidates.add(newcomer);
    candidates.addAll(referrals.openings(substream, weakest.peer()));
    dismiss(substream, weakest, RedirectReason.DISPLACED, candidates, nowMicros);
    accept(substream, peer, ask, adopted, nowMicros);
    return true;
  }

  /** At the source, a substream with more than its share gives a place to one with less. */
  private void evenOut(Room room, long nowMicros) {
    for (Substream substream : trees.all()) {
      Child weakest = substream.weakest();
      if (weakest != null && substream.places() > room.total / trees.all().length) {
        dismiss(
            substream,
            weakest,
            RedirectReason.DISPLACED,
            referrals.openings(substream, weakest.peer()),
            nowMicros);
        return;
      }
    }
  }

  private void displaceForeign(Substream wanted, long nowMicros) {
    Substream from = null;
    Child victim = null;
    for (Substream substream : trees.all()) {
      Child weakest = substream.weakest();
      if (substream != wanted
          && substream.index() != trees.home()
          && weakest != null
          && (victim == null || weakest.slots() < victim.slots())) {
        from = substream;
        victim = weakest;
      }
    }
    if (from != null && victim != null) {
      dismiss(
          from,
          victim,
          RedirectReason.DISPLACED,
          referrals.openings(from, victim.peer()),
          nowMicros);
    }
  }

  /** How long a child that has to leave is served after it was told so. */
  static long graceFor(RedirectReason reason) {
    return reason == RedirectReason.OVERLOADED ? SHORT_GRACE : GRACE;
  }

  private void dismiss(
      Substream substream,
      Child child,
      RedirectReason reason,
      List<PeerRecord> candidates,
      long nowMicros) {
    substream.dismiss(child, nowMicros + graceFor(reason));
    context
        .outbox()
        .send(child.peer().id(), new Message.Redirect(substream.index(), reason, candidates));
  }

  /** A newcomer has taken this child's place at its old parent: a place is kept for it here. */
  void expect(PeerRecord adopted, long nowMicros) {
    kept.keep(adopted.id(), nowMicros + ADOPTED_WITHIN);
  }

  /** Lets go those whose time is up, and sheds children if the uplink cannot keep up. */
  void tick(long nowMicros) {
    kept.tick(nowMicros);
    for (Substream substream : trees.all()) {
      for (int i = substream.children().size() - 1; i >= 0 && substream.isLeft(); i--) {
        Child child = substream.children().get(i);
        if (child.isLeaving() && nowMicros > child.leavesAt()) {
          substream.release(child.peer());
        }
      }
    }
    int taken = taken();
    int total = slots.total(taken);
    int stretched = stretch.tick(taken, total);
    // One place of tolerance: estimates waver, and moving a child costs more than half a place. But
    // not where it is half of all there are.
    int excess = taken - stretched - total - (total >= TOLERANT ? 1 : 0);
    if (excess <= 0 && stretched == 0 && slots.isCongested() && nowMicros >= shedAt) {
      shedAt = nowMicros + SHED_INTERVAL;
      excess = 1;
    }
    for (int i = 0; i < excess; i++) {
      shed(nowMicros);
    }
  }

  /** A substream that the source serves to nobody reaches nobody. */
  private boolean isLastOfSource(Substream substream) {
    return context.config().role() == Role.SOURCE && substream.places() <= 1;
  }

  /** The least useful child goes: of another substream if there is one, else the weakest. */
  private void shed(long nowMicros) {
    Substream from = null;
    Child victim = null;
    for (Substream substream : trees.all()) {
      Child weakest = substream.weakest();
      boolean home = substream.index() == trees.home();
      if (isLastOfSource(substream)) {
        continue;
      }
      if (weakest != null && (victim == null || (!home && weakest.slots() <= victim.slots()))) {
        from = substream;
        victim = weakest;
      }
    }
    if (from != null && victim != null) {
      dismiss(
          from,
          victim,
          RedirectReason.OVERLOADED,
          referrals.openings(from, victim.peer()),
          nowMicros);
    }
  }
}
