package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.strategy.SimPeer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Who is there now; draws random ones in constant time. */
final class Roster {
  private final List<SimPeer> present = new ArrayList<>();
  private final Map<Integer, Integer> places = new HashMap<>();

  void add(SimPeer peer) {
    places.put(peer.number(), present.size());
    present.add(peer);
  }

  /** Whether the peer was there. */
  boolean remove(SimPeer peer) {
    Integer place = places.remove(peer.number());
    if (place == null) {
      return false;
    }
    SimPeer last = present.remove(present.size() - 1);
    if (!last.equals(peer)) {
      present.set(place, last);
      places.put(last.number(), place);
    }
    return true;
  }

  boolean contains(SimPeer peer) {
    return places.containsKey(peer.number());
  }

  int size() {
    return present.size();
  }

  List<SimPeer> all() {
    return List.copyOf(present);
  }

  /** Some of them, each at most once, without the one who asks. */
  List<SimPeer> sample(int count, SimPeer asker, RandomGenerator random) {
    List<SimPeer> chosen = new ArrayList<>(count);
    int tries = 8 * count;
    while (chosen.size() < Math.min(count, present.size()) && tries-- > 0) {
      SimPeer peer = present.get(random.nextInt(present.size()));
      if (!peer.equals(asker) && !chosen.contains(peer)) {
        chosen.add(peer);
      }
    }
    return chosen;
  }
}
