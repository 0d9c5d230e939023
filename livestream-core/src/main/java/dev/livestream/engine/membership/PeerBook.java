package dev.livestream.engine.membership;

import dev.livestream.crypto.PeerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The connected peers, in the order in which they came.
 *
 * <p>They are gone through many times a second, and looked up for everything that comes; so there
 * is a list beside the map.
 */
public final class PeerBook {
  private final Map<PeerId, Peer> byId = new LinkedHashMap<>();
  private final List<Peer> peers = new ArrayList<>();
  private final List<Peer> view = Collections.unmodifiableList(peers);

  /** All, with or without hello; not to be changed. */
  public List<Peer> all() {
    return view;
  }

  /** A connected peer, or null. */
  public @Nullable Peer find(PeerId id) {
    return byId.get(id);
  }

  /** A connected peer that has said hello, or null. */
  public @Nullable Peer greeted(PeerId id) {
    Peer peer = byId.get(id);
    return peer != null && peer.greeted() ? peer : null;
  }

  /** How many are connected. */
  public int size() {
    return peers.size();
  }

  /** Adds a peer that is not here yet. */
  public void add(Peer peer) {
    if (byId.putIfAbsent(peer.id(), peer) != null) {
      throw new IllegalStateException(peer + " is here already");
    }
    peers.add(peer);
  }

  /** Removes a peer. */
  public void remove(PeerId id) {
    Peer removed = byId.remove(id);
    if (removed != null) {
      peers.remove(removed);
    }
  }

  /** Whether one matches. */
  public boolean any(Predicate<Peer> predicate) {
    for (Peer peer : peers) {
      if (predicate.test(peer)) {
        return true;
      }
    }
    return false;
  }

  /** How many match. */
  public int count(Predicate<Peer> predicate) {
    int count = 0;
    for (Peer peer : peers) {
      if (predicate.test(peer)) {
        count++;
      }
    }
    return count;
  }

  /** One of those that match, each as likely as the others; null if none does. */
  public @Nullable Peer pick(Predicate<Peer> predicate, RandomGenerator random) {
    Peer picked = null;
    int seen = 0;
    for (Peer peer : peers) {
      if (predicate.test(peer) && random.nextInt(++seen) == 0) {
        picked = peer;
      }
    }
    return picked;
  }

  /** Those that match, in order; a copy. */
  public List<Peer> list(Predicate<Peer> predicate) {
    List<Peer> list = new ArrayList<>();
    for (Peer peer : peers) {
      if (predicate.test(peer)) {
        list.add(peer);
      }
    }
    return list;
  }
}
