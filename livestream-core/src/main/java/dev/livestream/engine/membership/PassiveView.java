package dev.livestream.engine.membership;

import dev.livestream.crypto.PeerId;
import dev.livestream.wire.PeerRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Peers to turn to when a connection fails: many, none of them connected, kept fresh by shuffles.
 *
 * <p>HyParView's passive view (Leitao, Pereira, Rodrigues, 2007): with some 60 random addresses a
 * swarm stays connected though most of it dies at once. When full, a random entry makes room, so
 * that a peer that sends many records cannot choose what remains.
 *
 * <p>Entries are drawn at random, too, but when most of what is known is void: then among those
 * that the living have named last.
 */
public final class PassiveView {
  private static final int LATEST = 12;

  private final Map<PeerId, PeerRecord> byId = new LinkedHashMap<>();
  private final List<PeerRecord> records = new ArrayList<>();
  private final int capacity;
  private final PeerId self;
  private final RandomGenerator random;
  private boolean prefersLatest;

  /** An empty view. */
  public PassiveView(PeerId self, int capacity, RandomGenerator random) {
    this.self = self;
    this.capacity = capacity;
    this.random = random;
  }

  /**
   * Remembers a peer, unless it cannot be reached, as the latest that was named. Of two records the
   * one issued last is kept.
   */
  public void add(PeerRecord record) {
    if (record.addresses().isEmpty() || record.id().equals(self)) {
      return;
    }
    PeerRecord known = byId.get(record.id());
    if (known != null) {
      PeerRecord later = known.issuedAtSeconds() < record.issuedAtSeconds() ? record : known;
      byId.put(record.id(), later);
      records.remove(known);
      records.add(later);
      return;
    }
    if (records.size() >= capacity) {
      byId.remove(records.remove(random.nextInt(records.size())).id());
    }
    byId.put(record.id(), record);
    records.add(record);
  }

  /** Forgets a peer, because it was found dead. */
  public void remove(PeerId id) {
    PeerRecord removed = byId.remove(id);
    if (removed != null) {
      records.remove(removed);
    }
  }

  /** How many are remembered. */
  public int size() {
    return records.size();
  }

  /** Whether to draw among those named last. */
  public void preferLatest(boolean does) {
    prefersLatest = does;
  }

  /** Whether {@link #pick} draws among those named last. */
  public boolean prefersLatest() {
    return prefersLatest;
  }

  /** A random entry, or null if there is none. */
  public @Nullable PeerRecord pick() {
    if (records.isEmpty()) {
      return null;
    }
    int among = prefersLatest ? Math.min(LATEST, records.size()) : records.size();
    return records.get(records.size() - among + random.nextInt(among));
  }

  /** Up to {@code count} different random entries. */
  public List<PeerRecord> sample(int count) {
    List<PeerRecord> all = new ArrayList<>(records);
    int wanted = Math.min(count, all.size());
    for (int i = 0; i < wanted; i++) {
      int other = i + random.nextInt(all.size() - i);
      PeerRecord swapped = all.get(other);
      all.set(other, all.get(i));
      all.set(i, swapped);
    }
    return List.copyOf(all.subList(0, wanted));
  }
}
