package dev.livestream.transport.sim;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Shares an endpoint's uplink among its connections: chunk by chunk, each in turn, so that the
 * backlog of one does not block another.
 *
 * <p>The host's own queue serves whoever comes first, so only as much is handed to it as keeps the
 * link from running dry: one chunk on the wire and the next one ready.
 */
final class SimSendQueue {
  private static final int HANDED_OVER = 2;

  private final Queue<SimLink> waiting = new ArrayDeque<>();
  private int handedOver;

  /** A link that had no chunk waiting has one. */
  void add(SimLink link) {
    waiting.add(link);
    fill();
  }

  /** Chunks that were handed over have left, or never will. */
  void left(int chunks) {
    handedOver -= chunks;
    fill();
  }

  private void fill() {
    while (handedOver < HANDED_OVER && !waiting.isEmpty()) {
      SimLink link = waiting.remove();
      if (link.handOverNext()) {
        handedOver++;
      }
      if (link.hasWaiting()) {
        waiting.add(link);
      } else {
        link.inTurn(false);
      }
    }
  }
}
