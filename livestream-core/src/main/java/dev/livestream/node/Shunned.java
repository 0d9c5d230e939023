package dev.livestream.node;

import dev.livestream.crypto.PeerId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Peers that broke the wire format, and are not spoken with for a while. A peer can make itself a
 * new id, so this keeps out what is broken rather than what is clever; it is bounded, and the
 * oldest go first.
 */
final class Shunned {
  private static final int MOST = 1_024;
  private static final long FOR_MICROS = 600_000_000;

  private final Map<PeerId, Long> until = new LinkedHashMap<>();

  void add(PeerId peer, long nowMicros) {
    until.remove(peer);
    if (until.size() >= MOST) {
      until.remove(until.keySet().iterator().next());
    }
    until.put(peer, nowMicros + FOR_MICROS);
  }

  boolean contains(PeerId peer, long nowMicros) {
    Long end = until.get(peer);
    if (end != null && nowMicros >= end) {
      until.remove(peer);
      return false;
    }
    return end != null;
  }
}
