package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Liveness;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.RedirectReason;
import java.util.List;

/**
 * Looks after silent children when somebody needs their place.
 *
 * <p>Whoever asks may be the child of a child that has died, and would be refused for its sake. So
 * one that has been silent for a while is asked for a sign of life then, and loses its place when
 * that stays out, sooner than it would count as dead.
 */
final class ChildWatch {
  private static final long SILENT = 300_000;

  private final EngineContext context;
  private final Liveness liveness;

  ChildWatch(EngineContext context, Liveness liveness) {
    this.context = context;
    this.liveness = liveness;
  }

  /** A peer asks for a place: children that are dead do not keep it out. */
  void makeRoom(Substream substream, long nowMicros) {
    long allowance = context.allowance(nowMicros);
    for (int i = substream.children().size() - 1; i >= 0; i--) {
      Peer child = substream.children().get(i).peer();
      if (nowMicros - child.lastHeard() < SILENT + allowance) {
        continue;
      }
      if (child.pingedAt() == 0) {
        liveness.suspect(child, nowMicros);
      } else if (nowMicros - child.pingedAt()
          > Math.max(SILENT / 2, 2 * child.rttMicros()) + allowance) {
        substream.release(child);
        // If it lives after all it must not go on believing that it is served.
        context
            .outbox()
            .send(
                child.id(),
                new Message.Redirect(substream.index(), RedirectReason.OVERLOADED, List.of()));
      }
    }
  }
}
