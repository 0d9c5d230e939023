package dev.livestream.engine.push;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Allowance;
import dev.livestream.engine.EngineContext;
import dev.livestream.engine.EngineEvent;
import dev.livestream.engine.membership.Dialer;
import dev.livestream.engine.membership.PassiveView;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The child's side of the trees: finds a parent for each substream, replaces one that fails, and
 * climbs towards the source.
 *
 * <p>A parent is found by descent (the feasibility study's third point): whoever is asked and has
 * no place names peers below it that have one, so the search goes where spare capacity is, instead
 * of trying at random. The search starts at random neighbours, not at the source, which could not
 * bear it. While nobody has a way to the source, trees stay as they are ({@link SourceSearch}). A
 * parent that has lost its own way, or is silent, is replaced but kept until the new one is found.
 * Of the neighbours that have a place the one is asked that can be expected to bring chunks soonest
 * ({@link Prospects}), and now and then a peer moves to one that would bring them clearly sooner
 * ({@link Climbs}); strong ones are sent up by their parents ({@link Promotions}).
 */
final class ParentSeeker {
  private static final long MIN_ANSWER = 250_000;
  private static final long DIAL_TIMEOUT = 450_000;
  private static final long REST = 150_000;
  private static final long LAST_CHUNKS = 100_000;

  private final EngineContext context;
  private final PeerBook book;
  private final Dialer dialer;
  private final PassiveView passive;
  private final Trees trees;
  private final Prospects prospects;
  private final Seek[] seeks;
  private final SearchBudget budget;
  private final Climbs climbs;
  private final boolean[] wanted;
  private final Lack lack;
  private final boolean[] askedAgain;
  private final SourceSearch source;

  ParentSeeker(
      EngineContext context,
      PeerBook book,
      Dialer dialer,
      PassiveView passive,
      Trees trees,
      Prospects prospects,
      Climbs climbs) {
    this.context = context;
    this.book = book;
    this.dialer = dialer;
    this.passive = passive;
    this.trees = trees;
    this.prospects = prospects;
    this.climbs = climbs;
    this.source = new SourceSearch(dialer, trees, prospects);
    int substreams = trees.all().length;
    this.seeks = new Seek[substreams];
    this.budget = new SearchBudget(substreams);
    this.wanted = new boolean[substreams];
    this.lack = new Lack(substreams);
    this.askedAgain = new boolean[substreams];
    for (int i = 0; i < substreams; i++) {
      seeks[i] = new Seek();
    }
  }

  /** The substream's parent is silent or starves it: another is wanted. */
  void replace(Substream substream) {
    if (!wanted[substream.index()]) {
      wanted[substream.index()] = true;
      lost(substream);
      askAgain(substream);
    }
  }

  /**
   * The parent itself may be asked for a place, once: it may have let this peer go, and the word of
   * it been lost.
   */
  private void askAgain(Substream substream) {
    Peer parent = substream.parent();
    PeerRecord record = parent == null ? null : parent.record();
    if (record != null && !askedAgain[substream.index()]) {
      askedAgain[substream.index()] = true;
      seeks[substream.index()].prefer(List.of(record));
    }
  }

  /** A parent has gone; those it named are asked first. */
  void lost(Substream substream) {
    Seek seek = seeks[substream.index()];
    seek.prefer(substream.alternatives());
    if (isInterior(substream) && !substream.alternatives().isEmpty()) {
      seek.adopter(substream.alternatives().get(0));
    }
  }

  /**
   * Whether there is a tree below this peer. It belongs where its parent was, or where it is sent:
   * chance would put it, and all of them, far down. For a leaf that is not worth a connection.
   */
  private boolean isInterior(Substream substream) {
    return trees.home() == substream.index() && !substream.children().isEmpty();
  }

  /** Goes on with every search. */
  void tick(long nowMicros) {
    budget.earn(context.tempo().share(), lack.isNew(nowMicros), nowMicros);
    source.tick(nowMicros);
    for (Substream substream : trees.all()) {
      Seek seek = seeks[substream.index()];
      if (seek.isBusy()) {
        giveUpIfUnanswered(seek, nowMicros);
      }
      Peer parent = substream.parent();
      lack.note(substream.index(), parent == null || wanted[substream.index()], nowMicros);
      source.tick(substream, nowMicros);
      if (!seek.isBusy() && nowMicros >= seek.notBefore()) {
        if (needsParent(substream, nowMicros)) {
          askNext(substream, seek, nowMicros);
        } else {
          climb(substream, seek, nowMicros);
        }
      }
    }
  }

  private boolean needsParent(Substream substream, long nowMicros) {
    return substream.parent() == null
        || wanted[substream.index()]
        || source.hasWaited(substream, nowMicros);
  }

  private void giveUpIfUnanswered(Seek seek, long nowMicros) {
    Peer asked = seek.asking();
    long patience = asked == null ? DIAL_TIMEOUT : Math.max(MIN_ANSWER, 3 * asked.rttMicros());
    if (nowMicros - seek.since() > patience + context.lateness().allowance(nowMicros)) {
      seek.settle();
    }
  }

  private void askNext(Substream substream, Seek seek, long nowMicros) {
    if (!budget.asks().takeOne(nowMicros)) {
      return;
    }
    PeerRecord above = substream.takeSource();
    if (above != null) {
      // Known to be what this peer is the heir of, so no stranger; and it is named only once.
      askOrDial(substream, seek, above, nowMicros);
      return;
    }
    PeerRecord adopter = seek.takeAdopter();
    if (adopter != null && isUseful(adopter.id(), substream)) {
      // Only a peer that was a parent names one; how many calls its word is good for is bounded.
      approach(substream, seek, adopter, budget.calls(true), nowMicros);
      return;
    }
    Peer near = prospects.best(substream, seek, nowMicros);
    if (near != null) {
      ask(substream, seek, near, nowMicros);
      return;
    }
    PeerRecord candidate = seek.nextCandidate(nowMicros);
    while (candidate != null && !isUseful(candidate.id(), substream)) {
      candidate = seek.nextCandidate(nowMicros);
    }
    if (candidate != null) {
      approach(substream, seek, candidate, nowMicros);
      return;
    }
    Peer peer =
        book.pick(
            known ->
                known.forwards()
                    && (known != substream.parent() || wanted[substream.index()])
                    && !seek.wasTried(known.id(), nowMicros)
                    && substream.child(known) == null,
            context.random());
    if (peer != null) {
      ask(substream, seek, peer, nowMicros);
      return;
    }
    PeerRecord stranger = passive.pick();
    if (stranger != null
        && !seek.wasTried(stranger.id(), nowMicros)
        && (passive.prefersLatest() || context.random().nextInt(3) == 0)) {
      approach(substream, seek, stranger, nowMicros);
      return;
    }
    seek.rest(REST + context.random().nextLong(REST), nowMicros);
  }

  private boolean isUseful(PeerId id, Substream substream) {
    Peer parent = substream.parent();
    boolean own = parent != null && parent.id().equals(id);
    return !id.equals(context.config().self()) && (!own || wanted[substream.index()]);
  }

  private void approach(Substream substream, Seek seek, PeerRecord record, long nowMicros) {
    // Whoever lacks many parents is short of peers that it knows, not of places.
    approach(substream, seek, record, budget.calls(trees.lacksMany()), nowMicros);
  }

  private void approach(
      Substream substream, Seek seek, PeerRecord record, Allowance allowed, long nowMicros) {
    if (book.greeted(record.id()) != null || allowed.takeOne(nowMicros)) {
      askOrDial(substream, seek, record, nowMicros);
    } else {
      seek.settle();
    }
  }

  private void askOrDial(Substream substream, Seek seek, PeerRecord record, long nowMicros) {
    Peer connected = book.greeted(record.id());
    if (connected != null) {
      ask(substream, seek, connected, nowMicros);
    } else if (dialer.dial(record, nowMicros)) {
      seek.dial(record, nowMicros);
    } else {
      seek.settle();
    }
  }

  private void ask(Substream substream, Seek seek, Peer peer, long nowMicros) {
    seek.ask(peer, nowMicros);
    peer.sent(nowMicros);
    context
        .outbox()
        .send(
            peer.id(),
            new Message.Attach(
                substream.index(),
                trees.offer(substream),
                trees.home() == substream.index(),
                lack.need(substream, nowMicros)));
  }

  private void climb(Substream substream, Seek seek, long nowMicros) {
    Peer better = climbs.better(substream, seek, nowMicros);
    if (better != null) {
      ask(substream, seek, better, nowMicros);
    }
  }

  /** A peer has said hello: searches that wait for its connection go on. */
  void greeted(Peer peer, long nowMicros) {
    for (Substream substream : trees.all()) {
      Seek seek = seeks[substream.index()];
      PeerRecord dialing = seek.dialing();
      boolean awaited = dialing != null && dialing.id().equals(peer.id());
      if (awaited || source.isMissedBy(substream, peer)) {
        seek.settle();
        ask(substream, seek, peer, nowMicros);
      }
    }
  }

  /** A peer cannot be reached, or has gone. */
  void unreachable(PeerId id) {
    for (Seek seek : seeks) {
      PeerRecord dialing = seek.dialing();
      Peer asking = seek.asking();
      if ((dialing != null && dialing.id().equals(id))
          || (asking != null && asking.id().equals(id))) {
        seek.settle();
      }
    }
  }

  /**
   * A peer grants a place.
   *
   * @return whether it was asked for, so that the peer is the parent now
   */
  boolean attached(Peer peer, Message.Attached granted, long nowMicros) {
    Substream substream = trees.all()[granted.substream()];
    Seek seek = seeks[substream.index()];
    boolean offered = seek.awaitsOffer(nowMicros) && needsParent(substream, nowMicros);
    if (seek.asking() != peer && (!offered || substream.parent() == peer)) {
      // Granted too late, or never asked for.
      if (substream.parent() != peer) {
        context.outbox().send(peer.id(), new Message.Detach(substream.index()));
      } else {
        substream.alternatives(granted.alternatives());
      }
      return false;
    }
    seek.settle();
    if (granted.path().length == 0 || trees.paths().isUseless(granted.path())) {
      context.outbox().send(peer.id(), new Message.Detach(substream.index()));
      return false;
    }
    Peer old = substream.parent();
    if (old != peer) {
      askedAgain[substream.index()] = false;
    }
    if (old != null && old != peer) {
      context.outbox().send(old.id(), new Message.Detach(substream.index(), granted.next()));
    }
    seek.succeeded();
    source.found(peer);
    boolean needed = wanted[substream.index()];
    wanted[substream.index()] = false;
    climbs.found(substream, nowMicros);
    substream.attach(
        peer, granted.path(), granted.alternatives(), granted.next(), !needed, nowMicros);
    prospects.presume(substream, peer);
    granted.alternatives().forEach(passive::add);
    context.outbox().notice(new EngineEvent.ParentFound(substream.index(), peer.id()));
    return true;
  }

  /** A peer refuses a place, or takes one back. */
  void redirected(Peer peer, Message.Redirect redirect, long nowMicros) {
    Substream substream = trees.all()[redirect.substream()];
    RedirectReason reason = redirect.reason();
    if (reason != RedirectReason.PROMOTED) {
      redirect.candidates().forEach(passive::add);
    }
    if (seeks[substream.index()].asking() == peer) {
      refused(substream, peer, redirect, nowMicros);
    } else if (substream.parent() == peer
        && reason != RedirectReason.LOOP
        && reason != RedirectReason.PASSED_ON) {
      sentAway(substream, peer, redirect, nowMicros);
    }
  }

  private void refused(Substream substream, Peer peer, Message.Redirect redirect, long nowMicros) {
    Seek seek = seeks[substream.index()];
    seek.settle();
    peer.places(null, nowMicros);
    if (redirect.reason() == RedirectReason.PASSED_ON) {
      seek.passedOn(nowMicros);
    } else if (!needsParent(substream, nowMicros)) {
      climbs.refused(substream, seek.failed(), nowMicros);
    } else {
      seek.prefer(redirect.candidates());
      PeerRecord orphan = redirect.reason() == RedirectReason.ORPHAN ? peer.record() : null;
      if (orphan == null || !seek.returnTo(orphan, nowMicros)) {
        askNext(substream, seek, nowMicros);
      }
    }
  }

  private void sentAway(
      Substream substream, Peer parent, Message.Redirect redirect, long nowMicros) {
    Seek seek = seeks[substream.index()];
    List<PeerRecord> candidates = redirect.candidates();
    if (redirect.reason() == RedirectReason.PROMOTED) {
      if (!seek.isBusy() && !candidates.isEmpty()) {
        approach(substream, seek, candidates.get(0), nowMicros);
      }
      return;
    }
    seek.prefer(candidates);
    if (redirect.reason() != RedirectReason.OVERLOADED
        && !candidates.isEmpty()
        && (isInterior(substream) || book.greeted(candidates.get(0).id()) != null)) {
      seek.adopter(candidates.get(0));
    }
    long grace = ChildPlaces.graceFor(redirect.reason());
    substream.dismissed(nowMicros + grace + Math.max(LAST_CHUNKS, parent.rttMicros()));
    wanted[substream.index()] = true;
    if (!seek.isBusy()) {
      askNext(substream, seek, nowMicros);
    }
  }

  /** Whom the substream's search waits for; for tests. */
  @Nullable Peer asking(int substream) {
    return seeks[substream].asking();
  }
}
