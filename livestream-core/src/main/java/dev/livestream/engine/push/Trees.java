package dev.livestream.engine.push;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.EngineContext;
import dev.livestream.engine.EngineEvent;
import dev.livestream.engine.Topology;
import dev.livestream.engine.membership.Dialer;
import dev.livestream.engine.membership.Liveness;
import dev.livestream.engine.membership.PassiveView;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.engine.window.StreamRate;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import dev.livestream.wire.StreamParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The push trees: one for each substream, each peer in all of them, and with children mainly in
 * one, its home (SplitStream's interior-node-disjoint forest; Castro et al., 2003).
 *
 * <p>Because a peer spends its whole uplink in one substream, its fan-out there is high and the
 * trees are shallow; and because it is a leaf in all others, its failure hurts one substream only.
 */
public final class Trees {
  private static final int NO_HOME = -1;
  private static final long REHOME_INTERVAL = 8_000_000;

  private final EngineContext context;
  private final Uploader uploader;
  private final StreamParameters parameters;
  private final Substream[] substreams;
  private final Paths paths;
  private final Forwarding forwarding;
  private final ChildPlaces places;
  private final PlaceRequests requests;
  private final ParentSeeker seeker;
  private final SupplyBoard board;
  private final Announcements announcements;
  private final Prospects prospects;
  private final Promotions promotions;
  private final Heirs heirs;
  private final Withdrawal withdrawal;
  private final Rush rush = new Rush();
  private final ParentWatch watch;
  private final ParentPush push;
  private @Nullable PeerRecord ownRecord;
  private int home = NO_HOME;
  private long rehomeAt;

  /** Trees in which nobody has a place yet. */
  public Trees(
      EngineContext context,
      PeerBook book,
      Dialer dialer,
      PassiveView passive,
      Liveness liveness,
      Uploader uploader,
      StreamRate rate,
      StreamParameters parameters) {
    this.context = context;
    this.uploader = uploader;
    this.parameters = parameters;
    this.substreams = new Substream[parameters.substreams()];
    for (int i = 0; i < substreams.length; i++) {
      substreams[i] = new Substream(i);
    }
    this.forwarding = new Forwarding(context, uploader, rush, substreams.length);
    this.paths = new Paths(context, substreams);
    Slots slots = new Slots(context, uploader, rate, substreams.length);
    Referrals referrals = new Referrals(context);
    Stretch stretch = new Stretch(context, this, slots, uploader);
    ChildWatch children = new ChildWatch(context, liveness);
    this.places = new ChildPlaces(context, this, slots, referrals, children, stretch, rush);
    this.requests = new PlaceRequests(context, book, dialer, this, places, referrals);
    this.announcements = new Announcements(context, book, this, places, slots, uploader);
    this.prospects = new Prospects(book, this);
    this.seeker =
        new ParentSeeker(
            context,
            book,
            dialer,
            passive,
            this,
            prospects,
            new Climbs(context, this, prospects, rush));
    this.board = new SupplyBoard(context, this, places);
    this.promotions = new Promotions(context, this);
    this.heirs = new Heirs(context, this, referrals);
    this.withdrawal = new Withdrawal(context, this, forwarding, referrals, rate);
    this.watch = new ParentWatch(context, liveness, substreams, parameters.substreams());
    this.push = new ParentPush(context, parameters, substreams, watch);
  }

  Substream[] all() {
    return substreams;
  }

  /** The substream in which this peer mainly serves; -1 before one is chosen, and at the source. */
  int home() {
    return home;
  }

  Paths paths() {
    return paths;
  }

  @Nullable PeerRecord ownRecord() {
    return ownRecord;
  }

  /** This peer's own record, for telling others where there is room. */
  public void ownRecord(PeerRecord record) {
    ownRecord = record;
  }

  /**
   * How many children this peer can serve in a substream, as it tells those it asks for a place.
   */
  int offer(Substream substream) {
    return offer(substream, places.room());
  }

  /** The same, for whoever looks at several substreams at once. */
  int offer(Substream substream, ChildPlaces.Room room) {
    if (context.config().leaf()) {
      return 0;
    }
    int strength =
        home == substream.index()
            ? places.capacity()
            : places.open(substream, room) + substream.places();
    // What was not measured yet is not bragged with.
    return substream.steady(
        uploader.isRateKnown() ? strength : Math.min(strength, substreams.length / 4));
  }

  /** Sends a chunk that has just been verified on to those it is due to. */
  public void forward(Chunk chunk, @Nullable Peer from, long expires, long nowMicros) {
    Substream substream = substreams[parameters.substreamOf(chunk.sequence())];
    forwarding.forward(substream, chunk, from, expires, nowMicros);
  }

  /** Whom chunks are sent on to. */
  Forwarding forwarding() {
    return forwarding;
  }

  /** What parents push here. */
  public ParentPush push() {
    return push;
  }

  /** Whether a peer is served a chunk's substream here. */
  public boolean isChild(Peer peer, long sequence) {
    return peer.childIn() > 0 && substreams[parameters.substreamOf(sequence)].child(peer) != null;
  }

  /** What {@link ParentWatch} needs to know of chunks. */
  public interface Known {
    /** One more than the highest chunk known to exist. */
    long end();

    /** When a chunk was first known to exist. */
    long since(long sequence);
  }

  /** Looks after parents, children and reports. */
  public void tick(Known known, long nowMicros) {
    if (withdrawal.hasBegun()) {
      places.tick(nowMicros);
      return;
    }
    chooseHome(nowMicros);
    if (context.config().role() != Role.SOURCE) {
      for (Substream substream : substreams) {
        if (substream.isLetGo(nowMicros)) {
          parentLost(substream);
        }
        boolean starved = substream.isStarving();
        Peer suspect = watch.starvedBy(substream, known, nowMicros);
        if (starved != substream.isStarving()) {
          paths.changed(substream);
        }
        if (suspect != null) {
          seeker.replace(substream);
        }
      }
      seeker.tick(nowMicros);
    }
    paths.tick(nowMicros);
    places.tick(nowMicros);
    board.tick(nowMicros);
    announcements.tick(nowMicros);
    promotions.tick(places.room(), isCalm(nowMicros), nowMicros);
    heirs.tick(nowMicros);
  }

  private void chooseHome(long nowMicros) {
    if (context.config().role() == Role.SOURCE || context.config().leaf()) {
      return;
    }
    if (home == NO_HOME) {
      home = board.neediest();
      rehomeAt = nowMicros + REHOME_INTERVAL;
    } else if (nowMicros > rehomeAt) {
      rehomeAt = nowMicros + REHOME_INTERVAL / 2 + context.random().nextLong(REHOME_INTERVAL);
      if (substreams[home].children().isEmpty() && board.isOversupplied(home)) {
        home = board.neediest();
      }
    }
  }

  /** Takes what a peer says about places in the trees. */
  public void said(Peer peer, Message message, long nowMicros) {
    if (message instanceof Message.Supply supply) {
      board.supplied(peer, supply.spare(), nowMicros);
    } else if (message instanceof Message.Places told) {
      prospects.told(peer, told, nowMicros);
    } else if (message instanceof Message.Attach ask && isValid(ask.substream())) {
      if (withdrawal.hasBegun()) {
        requests.refuse(peer, ask, nowMicros);
      } else {
        requests.asked(peer, ask, nowMicros);
      }
    } else if (message instanceof Message.Wanted wanted && isValid(wanted.ask().substream())) {
      if (!withdrawal.hasBegun()) {
        requests.heard(peer, wanted, nowMicros);
      }
    } else if (message instanceof Message.Attached granted && isValid(granted.substream())) {
      attached(peer, granted, nowMicros);
    } else if (message instanceof Message.Redirect redirect && isValid(redirect.substream())) {
      seeker.redirected(peer, redirect, nowMicros);
    } else if (message instanceof Message.Detach detach && isValid(detach.substream())) {
      forwarding.handOver(substreams[detach.substream()], peer, detach.until(), nowMicros);
    } else if (message instanceof Message.PathUpdate update && isValid(update.substream())) {
      pathChanged(peer, update, nowMicros);
    } else if (message instanceof Message.Spare spare && isValid(spare.substream())) {
      Substream substream = substreams[spare.substream()];
      Child child = substream.child(peer);
      if (child != null) {
        child.reports(spare.slots(), spare.openings(), spare.strength());
        substream.order();
        if (child.home()) {
          peer.vital();
        }
      }
    }
  }

  private boolean isValid(int substream) {
    return substream < substreams.length;
  }

  private void attached(Peer peer, Message.Attached granted, long nowMicros) {
    Substream substream = substreams[granted.substream()];
    if (!seeker.attached(peer, granted, nowMicros)) {
      return;
    }
    PeerRecord adopt = granted.adopt();
    if (adopt != null) {
      places.expect(adopt, nowMicros);
    }
    watch.attached(substream);
    board.attached(substream.index());
    paths.tell(substream);
  }

  private void pathChanged(Peer peer, Message.PathUpdate update, long nowMicros) {
    Substream substream = substreams[update.substream()];
    if (substream.parent() != peer) {
      return;
    }
    if (paths.isUseless(update.path())) {
      context.outbox().send(peer.id(), new Message.Detach(substream.index()));
      parentLost(substream);
      return;
    }
    boolean changed = !Arrays.equals(update.path(), substream.path());
    substream.path(update.path(), nowMicros);
    if (changed) {
      paths.changed(substream);
    }
  }

  private void parentLost(Substream substream) {
    Peer parent = substream.parent();
    if (parent == null) {
      return;
    }
    substream.detach();
    seeker.lost(substream);
    paths.tell(substream);
    context.outbox().notice(new EngineEvent.ParentLost(substream.index(), parent.id()));
  }

  /** A peer has said hello. */
  public void greeted(Peer peer, boolean newcomer, long nowMicros) {
    if (newcomer) {
      rush.note(nowMicros);
    }
    // What it has told of a stream that was cut differently is of no use.
    peer.places(null, nowMicros);
    board.tell(peer);
    announcements.tell(peer, nowMicros);
    if (context.config().role() != Role.SOURCE) {
      seeker.greeted(peer, nowMicros);
      requests.greeted(peer, nowMicros);
    }
  }

  /** A peer cannot be reached. */
  public void unreachable(PeerId id) {
    seeker.unreachable(id);
  }

  /** A peer has gone: its place is free at once, and its own children look elsewhere. */
  public void disconnected(Peer peer) {
    seeker.unreachable(peer.id());
    for (Substream substream : substreams) {
      substream.release(peer);
      if (substream.parent() == peer) {
        parentLost(substream);
      }
      substream.formerGone(peer);
    }
  }

  /** Whether no more than usual look for places. */
  public boolean isCalm(long nowMicros) {
    return !rush.isOn(nowMicros);
  }

  /** The program is about to leave: children are served until they have found other parents. */
  public void withdraw(long nowMicros) {
    withdrawal.begin(nowMicros);
  }

  /** Whether {@link #withdraw} was called. */
  public boolean isWithdrawing() {
    return withdrawal.hasBegun();
  }

  /** Whether nobody is served any more that would miss this peer. */
  public boolean isWithdrawn(long nowMicros) {
    return withdrawal.isOver(nowMicros);
  }

  /** The stream begins anew: parents stay, what they have pushed counts no more. */
  public void restart() {
    for (Substream substream : substreams) {
      substream.forgetPushed();
      watch.attached(substream);
    }
  }

  /** Substreams that have a parent. */
  public int parents() {
    int count = 0;
    for (Substream substream : substreams) {
      if (substream.parent() != null) {
        count++;
      }
    }
    return count;
  }

  /** Whether no substream has a way to the source. */
  public boolean isCutOff() {
    return fed() == 0;
  }

  /** Whether more than a quarter of the substreams have no way to the source. */
  boolean lacksMany() {
    return 4 * fed() < 3 * substreams.length;
  }

  private int fed() {
    int count = 0;
    for (Substream substream : substreams) {
      count += substream.isFed() ? 1 : 0;
    }
    return count;
  }

  /** Places given to children. */
  public int taken() {
    return places.taken();
  }

  /** Places there are. */
  public int total() {
    return places.total();
  }

  /** A picture of the trees as seen from here. */
  public List<Topology.Substream> topology() {
    List<Topology.Substream> picture = new ArrayList<>(substreams.length);
    boolean source = context.config().role() == Role.SOURCE;
    for (Substream substream : substreams) {
      Peer parent = substream.parent();
      int depth = source ? 0 : substream.path().length == 0 ? -1 : substream.path().length;
      picture.add(
          new Topology.Substream(
              parent == null ? List.of() : List.of(parent.id()),
              depth,
              substream.children().stream().map(child -> child.peer().id()).toList()));
    }
    return picture;
  }
}
