package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.strategy.SimPeer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for peers that feed each other in a circle. A circle may exist for a moment, while news of
 * a change is on its way; one that lasts longer than three seconds ends the run.
 */
final class LoopCheck {
  private static final long MOST = 3_000_000;

  private final int substreams;
  private final boolean onlyCount;
  private int circles;
  private Map<Long, Long> since = new HashMap<>();

  LoopCheck(int substreams, boolean onlyCount) {
    this.substreams = substreams;
    this.onlyCount = onlyCount;
  }

  /** How often a circle was seen that had lasted too long. */
  int circles() {
    return circles;
  }

  void look(long nowMicros, List<Participant> present) {
    Map<Integer, List<@Nullable SimPeer>> parents = new HashMap<>();
    for (Participant participant : present) {
      List<@Nullable SimPeer> own = participant.logic().parents();
      if (own.isEmpty()) {
        continue;
      }
      parents.put(participant.peer().number(), own);
    }
    Map<Long, Long> found = new HashMap<>();
    for (int s = 0; s < substreams; s++) {
      look(nowMicros, s, present, parents, found);
    }
    since = found;
  }

  // Walks up from each peer, marking whom it passed on which walk.
  private void look(
      long nowMicros,
      int substream,
      List<Participant> present,
      Map<Integer, List<@Nullable SimPeer>> parents,
      Map<Long, Long> found) {
    Map<Integer, Integer> walkOf = new HashMap<>();
    for (int walk = 0; walk < present.size(); walk++) {
      int at = present.get(walk).peer().number();
      while (!walkOf.containsKey(at)) {
        walkOf.put(at, walk);
        List<@Nullable SimPeer> own = parents.get(at);
        SimPeer parent = own == null || own.size() <= substream ? null : own.get(substream);
        if (parent == null) {
          break;
        }
        at = parent.number();
        if (walkOf.getOrDefault(at, -1) == walk) {
          note(nowMicros, substream, leastOfCircle(at, substream, parents), found);
          break;
        }
      }
    }
  }

  // A name for the circle that does not depend on where one comes into it.
  private static int leastOfCircle(
      int start, int substream, Map<Integer, List<@Nullable SimPeer>> parents) {
    int least = start;
    int at = start;
    do {
      least = Math.min(least, at);
      List<@Nullable SimPeer> own = parents.get(at);
      SimPeer parent = own == null ? null : own.get(substream);
      if (parent == null) {
        break;
      }
      at = parent.number();
    } while (at != start);
    return least;
  }

  private void note(long nowMicros, int substream, int peer, Map<Long, Long> found) {
    long key = (long) substream << 32 | peer;
    long start = since.getOrDefault(key, nowMicros);
    found.put(key, start);
    if (nowMicros - start > MOST) {
      circles++;
    }
    if (circles > 0 && !onlyCount) {
      throw new IllegalStateException(
          "viewer " + peer + " has fed itself in substream " + substream + " for 3 s");
    }
  }
}
