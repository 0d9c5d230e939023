package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;

/**
 * Who takes over when a child of the source dies.
 *
 * <p>Below such a peer hangs a good part of a tree, and whoever it fed can find nobody to turn to:
 * most that they know hang below themselves. So the source's children tell their strongest children
 * how to reach the source: one of these takes the free place, and the others find it there. Only a
 * few are told, for the source could not bear the asking of all.
 */
final class Heirs {
  private static final int HEIRS = 3;
  private static final long INTERVAL = 1_000_000;

  private final EngineContext context;
  private final Trees trees;
  private final Referrals referrals;
  private long next;

  Heirs(EngineContext context, Trees trees, Referrals referrals) {
    this.context = context;
    this.trees = trees;
    this.referrals = referrals;
  }

  /** Tells those who have become one. */
  void tick(long nowMicros) {
    if (nowMicros < next) {
      return;
    }
    next = nowMicros + INTERVAL;
    for (Substream substream : trees.all()) {
      Peer parent = substream.parent();
      if (parent != null && parent.role() == Role.SOURCE && substream.isFed()) {
        tell(substream);
      }
    }
  }

  private void tell(Substream substream) {
    int told = 0;
    for (Child child : substream.children()) {
      if (told == HEIRS) {
        return;
      }
      if (child.slots() > 0 && !child.isLeaving()) {
        told++;
        if (child.becomesHeir()) {
          context
              .outbox()
              .send(
                  child.peer().id(),
                  new Message.Attached(
                      substream.index(),
                      trees.paths().below(substream),
                      referrals.forHeir(substream, child.peer()),
                      null));
        }
      }
    }
  }
}
