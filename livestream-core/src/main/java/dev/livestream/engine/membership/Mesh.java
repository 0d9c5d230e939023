package dev.livestream.engine.membership;

import dev.livestream.engine.EngineContext;
import dev.livestream.wire.Message;
import dev.livestream.wire.Message.Neighbour.Kind;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a handful of mesh neighbours: random peers with which have-maps are exchanged, for pull
 * repair and for finding parents.
 *
 * <p>HyParView's active view. Being neighbours is mutual and asked for; a peer without any may ask
 * urgently and is not refused, at the cost of a random other neighbour, so that a newcomer or the
 * survivor of a disaster always finds its way in. Half of the places can only be taken by peers
 * that this one chose itself: strangers that call in numbers cannot surround it.
 *
 * <p>Whoever has lost most of its connections at once asks those who are left whom else they know,
 * and is told who is alive: of what it remembers itself, most are as dead as those it has lost
 * ({@link Losses}).
 */
public final class Mesh {
  private static final long ASK_INTERVAL = 300_000;
  private static final long FIRST_SECONDS = 5_000_000;
  private static final long SHUFFLE_INTERVAL = 5_000_000;
  private static final int SHUFFLED = 6;
  private static final long ASK_AROUND_INTERVAL = 100_000;
  private static final int ASKED_AT_ONCE = 4;
  private static final long ALIVE = 400_000;
  private static final long ASK_AGAIN = 1_500_000;

  private final EngineContext context;
  private final PeerBook book;
  private final PassiveView passive;
  private final Dialer dialer;
  private final Losses losses = new Losses();
  private final long cameAt;
  private boolean bereft;
  private long nextAsk;
  private long nextShuffle;
  private long nextAround;

  /** A mesh without neighbours. */
  public Mesh(
      EngineContext context, PeerBook book, PassiveView passive, Dialer dialer, long nowMicros) {
    this.cameAt = nowMicros;
    this.context = context;
    this.book = book;
    this.passive = passive;
    this.dialer = dialer;
  }

  /** How many neighbours this peer wants. */
  private int most() {
    return context.tempo().neighbours(context.tuning().meshNeighbours());
  }

  /**
   * How many it calls strangers for. Half of them at first: a connection costs as much as some
   * chunks, and in a crowd the uplinks that are to carry the newcomers' chunks went into their
   * calls.
   */
  private int sought(long nowMicros) {
    return nowMicros - cameAt < FIRST_SECONDS ? most() / 2 : most();
  }

  /** How many neighbours there are. */
  public int size() {
    return book.count(Peer::isNeighbour);
  }

  /** A peer has said hello: a peer short of neighbours asks it at once. */
  public void greeted(Peer peer) {
    if (peer.mesh() == Peer.Mesh.NONE && size() + asked() < most()) {
      ask(peer);
    }
  }

  private int asked() {
    return book.count(peer -> peer.mesh() == Peer.Mesh.ASKED);
  }

  private void ask(Peer peer) {
    peer.mesh(Peer.Mesh.ASKED);
    Kind kind = size() == 0 ? Kind.ASK_URGENT : Kind.ASK;
    context.outbox().send(peer.id(), new Message.Neighbour(kind));
  }

  /**
   * Takes what a peer says about being neighbours.
   *
   * @return whether the two have just become neighbours
   */
  public boolean said(Peer peer, Kind kind) {
    switch (kind) {
      case ASK, ASK_URGENT -> {
        if (peer.isNeighbour()) {
          return false;
        }
        if (peer.mesh() == Peer.Mesh.ASKED || grants(kind)) {
          peer.mesh(Peer.Mesh.NEIGHBOUR);
          context.outbox().send(peer.id(), new Message.Neighbour(Kind.ACCEPT));
          return true;
        }
        context.outbox().send(peer.id(), new Message.Neighbour(Kind.REJECT));
        return false;
      }
      case ACCEPT -> {
        if (peer.mesh() != Peer.Mesh.ASKED) {
          return false;
        }
        peer.mesh(Peer.Mesh.NEIGHBOUR);
        return true;
      }
      case REJECT, END -> peer.mesh(Peer.Mesh.NONE);
    }
    return false;
  }

  private boolean grants(Kind kind) {
    int most = most();
    if (size() < most + most / 2) {
      int strangers = book.count(peer -> peer.isNeighbour() && !peer.outgoing());
      return kind == Kind.ASK_URGENT || context.config().role() == Role.SOURCE || strangers < most;
    }
    if (kind == Kind.ASK) {
      return false;
    }
    // A stranger makes room for a stranger; peers that this one chose itself stay.
    Peer victim = book.pick(peer -> peer.isNeighbour() && !peer.outgoing(), context.random());
    if (victim == null) {
      return false;
    }
    victim.mesh(Peer.Mesh.NONE);
    context.outbox().send(victim.id(), new Message.Neighbour(Kind.END));
    return true;
  }

  /** Looks for neighbours if there are too few, and keeps the passive view fresh. */
  public void tick(long nowMicros) {
    if (nowMicros >= nextAround) {
      nextAround = nowMicros + ASK_AROUND_INTERVAL;
      bereft = losses.areMost(book.count(Peer::greeted), nowMicros);
      passive.preferLatest(bereft);
      if (bereft) {
        askAround(nowMicros);
      }
    }
    if (nowMicros >= nextAsk) {
      nextAsk = nowMicros + ASK_INTERVAL;
      refill(nowMicros);
    }
    if (nowMicros >= nextShuffle) {
      long interval = context.tempo().paced(SHUFFLE_INTERVAL);
      nextShuffle = nowMicros + interval / 2 + context.random().nextLong(interval);
      Peer partner = book.pick(Peer::isNeighbour, context.random());
      if (partner != null) {
        shuffle(partner, nowMicros);
      }
    }
  }

  /** A peer was found dead. */
  public void lost(long nowMicros) {
    losses.note(nowMicros);
  }

  private void askAround(long nowMicros) {
    int asked = 0;
    for (Peer peer : book.all()) {
      if (asked < ASKED_AT_ONCE
          && peer.greeted()
          && peer.role() != Role.SOURCE
          && nowMicros - peer.lastHeard() < ALIVE
          && nowMicros - peer.shuffledAt() > ASK_AGAIN) {
        asked++;
        shuffle(peer, nowMicros);
      }
    }
  }

  private void shuffle(Peer peer, long nowMicros) {
    peer.shuffled(nowMicros);
    context.outbox().send(peer.id(), new Message.Shuffle(records(peer), false));
  }

  private void refill(long nowMicros) {
    int missing = sought(nowMicros) - size() - asked();
    if (missing <= 0 || context.config().role() == Role.SOURCE) {
      return;
    }
    Peer known =
        book.pick(
            peer ->
                peer.greeted()
                    && peer.mesh() == Peer.Mesh.NONE
                    && nowMicros - peer.connectedAt() > ASK_INTERVAL,
            context.random());
    if (known != null && context.random().nextInt(4) == 0) {
      ask(known);
      missing--;
    }
    for (int i = 0; i < Math.min(missing, 3); i++) {
      PeerRecord record = passive.pick();
      if (record != null && book.find(record.id()) == null) {
        dialer.dial(record, nowMicros);
      }
    }
  }

  /** Takes a peer's shuffle and answers it. */
  public void shuffled(Peer peer, Message.Shuffle shuffle) {
    if (!shuffle.reply()) {
      context.outbox().send(peer.id(), new Message.Shuffle(records(peer), true));
    }
    shuffle.records().forEach(passive::add);
  }

  /** Some peers to tell another about: mostly connected ones, which are surely alive. */
  public List<PeerRecord> records(Peer listener) {
    List<PeerRecord> records = new ArrayList<>(SHUFFLED + 2);
    for (int i = 0; i < (bereft ? SHUFFLED : SHUFFLED / 2); i++) {
      Peer peer =
          book.pick(
              candidate ->
                  candidate.greeted()
                      && candidate.pingedAt() == 0
                      && candidate != listener
                      && candidate.role() != Role.SOURCE,
              context.random());
      PeerRecord record = peer == null ? null : peer.record();
      if (record != null && !record.addresses().isEmpty() && !records.contains(record)) {
        records.add(record);
      }
    }
    for (PeerRecord record : passive.sample(bereft ? 0 : SHUFFLED)) {
      if (records.size() < SHUFFLED
          && !record.id().equals(listener.id())
          && !records.contains(record)) {
        records.add(record);
      }
    }
    return records;
  }
}
