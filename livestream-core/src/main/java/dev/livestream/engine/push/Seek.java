package dev.livestream.engine.push;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.PeerRecord;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The search for a parent in one substream: whom to ask next, who was asked, who is being asked.
 */
final class Seek {
  private static final int MAX_CANDIDATES = 24;
  private static final int MAX_TRIED = 64;
  private static final int MAX_DOUBLINGS = 4;
  private static final long TRIED_FOR = 2_000_000;
  private static final long RETURN_AFTER = 120_000;
  private static final int MOST_RETURNS = 3;
  // The question goes two or three hops, and its finder opens a connection. Were others asked
  // meanwhile, more would call, each for nothing but one.
  private static final long OFFER_COMES = 400_000;
  private static final long OFFERS_COME = 2_000_000;

  private final ArrayDeque<PeerRecord> candidates = new ArrayDeque<>();
  private final Map<PeerId, Long> tried = new LinkedHashMap<>();
  private @Nullable PeerRecord adopter;
  private @Nullable PeerRecord lastAdopter;
  private int returns;
  private @Nullable PeerRecord dialing;
  private @Nullable Peer asking;
  private long since;
  private long notBefore;
  private long offersUntil;
  private int failures;
  private int rests;

  /** Adds peers to be asked before all others, the first of them first. */
  void prefer(List<PeerRecord> records) {
    for (int i = records.size() - 1; i >= 0; i--) {
      candidates.addFirst(records.get(i));
    }
    while (candidates.size() > MAX_CANDIDATES) {
      candidates.removeLast();
    }
  }

  /** There is one that keeps a place: it is asked before all others. */
  void adopter(PeerRecord record) {
    adopter = record;
  }

  /** The peer that keeps a place, once; null if there is none. */
  @Nullable PeerRecord takeAdopter() {
    PeerRecord taken = adopter;
    adopter = null;
    lastAdopter = taken;
    return taken;
  }

  /**
   * A peer has no way to the source itself. If it is the one that was to keep a place it will have
   * one soon, and is asked again in a moment.
   *
   * @return whether it is
   */
  boolean returnTo(PeerRecord record, long nowMicros) {
    PeerRecord last = lastAdopter;
    if (last == null || !last.id().equals(record.id()) || returns >= MOST_RETURNS) {
      return false;
    }
    returns++;
    adopter = record;
    notBefore = nowMicros + RETURN_AFTER;
    return true;
  }

  /** The next peer to ask that was not asked lately; null if there is none. */
  @Nullable PeerRecord nextCandidate(long nowMicros) {
    PeerRecord candidate = candidates.poll();
    while (candidate != null && wasTried(candidate.id(), nowMicros)) {
      candidate = candidates.poll();
    }
    return candidate;
  }

  boolean wasTried(PeerId id, long nowMicros) {
    Long at = tried.get(id);
    return at != null && nowMicros - at < TRIED_FOR;
  }

  private void tried(PeerId id, long nowMicros) {
    if (tried.size() >= MAX_TRIED) {
      tried.remove(tried.keySet().iterator().next());
    }
    tried.put(id, nowMicros);
  }

  /** Whether a question or a connection is under way. */
  boolean isBusy() {
    return asking != null || dialing != null;
  }

  /** The peer whose answer is awaited. */
  @Nullable Peer asking() {
    return asking;
  }

  /** The peer whose connection is awaited. */
  @Nullable PeerRecord dialing() {
    return dialing;
  }

  /** Since when an answer or a connection is awaited. */
  long since() {
    return since;
  }

  void dial(PeerRecord record, long nowMicros) {
    tried(record.id(), nowMicros);
    dialing = record;
    since = nowMicros;
  }

  void ask(Peer peer, long nowMicros) {
    tried(peer.id(), nowMicros);
    dialing = null;
    asking = peer;
    since = nowMicros;
    peer.asks(1);
  }

  /** Whoever was asked has told others, one of whom may offer a place: that is waited for. */
  void passedOn(long nowMicros) {
    offersUntil = nowMicros + OFFERS_COME;
    notBefore = Math.max(notBefore, nowMicros + OFFER_COMES);
  }

  /** Whether somebody may offer a place who was not asked. */
  boolean awaitsOffer(long nowMicros) {
    return nowMicros < offersUntil;
  }

  /** The answer has come, or will not. */
  void settle() {
    dialing = null;
    if (asking != null) {
      asking.asks(-1);
      asking = null;
    }
  }

  /** When to go on after nobody was left to ask. */
  long notBefore() {
    return notBefore;
  }

  /** Nobody is left to ask: rest, longer every time, and then start over. */
  void rest(long micros, long nowMicros) {
    notBefore = nowMicros + (micros << Math.min(rests, MAX_DOUBLINGS));
    rests++;
    tried.clear();
  }

  /** A search for something better has failed; counts how often in a row. */
  int failed() {
    return ++failures;
  }

  /** The search is over. */
  void succeeded() {
    rests = 0;
    failures = 0;
    adopter = null;
    lastAdopter = null;
    returns = 0;
    candidates.clear();
    tried.clear();
  }
}
