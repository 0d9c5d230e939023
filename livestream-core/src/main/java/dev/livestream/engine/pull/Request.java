package dev.livestream.engine.pull;

import dev.livestream.engine.membership.Peer;
import java.util.ArrayList;
import java.util.List;

/** A chunk that was asked for and has not come. */
final class Request {
  private static final int REFUSED_BY_SOME = 2;
  private static final long REST = 60_000;
  private static final int MOST_DOUBLINGS = 3;

  private final long sequence;
  private final List<Peer> asked = new ArrayList<>(2);
  private long askedAt;
  private boolean open;
  private int refusals;
  private long restsUntil;

  Request(long sequence) {
    this.sequence = sequence;
  }

  long sequence() {
    return sequence;
  }

  /** Whether an answer is awaited. */
  boolean isOpen() {
    return open;
  }

  /** When the last peer was asked. */
  long askedAt() {
    return askedAt;
  }

  /** Whether a peer has been asked and not answered, or refused. */
  boolean wasAsked(Peer peer) {
    return asked.contains(peer);
  }

  /** Whom the answer is awaited from: the last that was asked. */
  Peer last() {
    return asked.get(asked.size() - 1);
  }

  /** All that were asked. */
  List<Peer> asked() {
    return asked;
  }

  void ask(Peer peer, long nowMicros) {
    asked.add(peer);
    askedAt = nowMicros;
    open = true;
    peer.service().out(1);
  }

  /**
   * It was refused. What nobody can spare is asked for more and more rarely: else nothing is left
   * to ask for what others would give.
   */
  void refused(long nowMicros) {
    refusals++;
    if (refusals >= REFUSED_BY_SOME) {
      restsUntil = nowMicros + (REST << Math.min(refusals - REFUSED_BY_SOME, MOST_DOUBLINGS));
    }
  }

  /** Whether somebody has refused it. */
  boolean wasRefused() {
    return refusals > 0;
  }

  /** Whether it is not to be asked for now. */
  boolean rests(long nowMicros) {
    return nowMicros < restsUntil;
  }

  /** No answer is awaited any more. */
  void close() {
    if (open) {
      open = false;
      last().service().out(-1);
    }
  }

  /** Everybody was asked; they may be asked again. */
  void forgetAsked() {
    asked.clear();
  }
}
