package dev.livestream.engine.push;

import dev.livestream.crypto.PeerId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Places kept for peers that were told to come, or are being called. */
final class KeptPlaces {
  private static final int MOST = 64;

  private final Map<PeerId, Long> until = new LinkedHashMap<>();

  /** Keeps one for a peer; false if there are too many. */
  boolean keep(PeerId peer, long untilMicros) {
    if (until.size() >= MOST) {
      return false;
    }
    until.put(peer, untilMicros);
    return true;
  }

  /** A peer has come: whether one was kept for it. */
  boolean take(PeerId peer) {
    return until.remove(peer) != null;
  }

  /** How many are kept. */
  int count() {
    return until.size();
  }

  /** Forgets those that nobody came for. */
  void tick(long nowMicros) {
    if (!until.isEmpty()) {
      until.values().removeIf(last -> last < nowMicros);
    }
  }
}
