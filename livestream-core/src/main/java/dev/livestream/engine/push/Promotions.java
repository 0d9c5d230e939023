package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.List;

/**
 * Keeps each tree a heap: no peer sits below one that can serve clearly less.
 *
 * <p>A parent knows its children's strength and its own. When a child outgrows it, it sends the
 * child to its own parent, where the stronger takes the weaker one's place (see {@link
 * ChildPlaces}). Nobody has to ask in vain, as peers would that tried their luck further up: a
 * source that is asked by everybody has no uplink left for the stream.
 */
final class Promotions {
  private static final long INTERVAL = 200_000;
  private static final long AGAIN = 800_000;

  private final EngineContext context;
  private final Trees trees;
  private final long[] promotedAt;
  private long next;

  Promotions(EngineContext context, Trees trees) {
    this.context = context;
    this.trees = trees;
    this.promotedAt = new long[trees.all().length];
  }

  /** Whether one that asks is so much stronger than a child that it should have its place. */
  static boolean isClearlyStronger(int asker, boolean home, int child) {
    if (home && child == 0) {
      // A leaf that makes room loses nothing: it is served by the newcomer from then on.
      return asker > 0;
    }
    // In a small swarm most substreams are nobody's home, so others may rise there too.
    return asker > child * 5 / 4 + (home ? 2 : 3);
  }

  /**
   * The same for one who has been told what it takes.
   *
   * @param bar 0 if everybody gets a place, else one more than the weakest child can serve
   */
  static boolean passes(int asker, boolean home, int bar) {
    return bar == 0 ? asker > 0 : isClearlyStronger(asker, home, bar - 1);
  }

  /** Sends children upwards that have outgrown this peer. */
  void tick(ChildPlaces.Room room, boolean calm, long nowMicros) {
    if (nowMicros < next || context.config().role() == Role.SOURCE) {
      return;
    }
    next = nowMicros + INTERVAL;
    for (Substream substream : trees.all()) {
      Peer parent = substream.parent();
      PeerRecord above = parent == null ? null : parent.record();
      if (parent != null
          && above != null
          && substream.isFed()
          && !substream.children().isEmpty()
          && nowMicros - promotedAt[substream.index()] > AGAIN) {
        Child best = substream.children().get(0);
        if (!best.isLeaving() && hasOutgrown(best, substream, parent, room, calm)) {
          promotedAt[substream.index()] = nowMicros;
          context
              .outbox()
              .send(
                  best.peer().id(),
                  new Message.Redirect(substream.index(), RedirectReason.PROMOTED, List.of(above)));
        }
      }
    }
  }

  private boolean hasOutgrown(
      Child child, Substream substream, Peer parent, ChildPlaces.Room room, boolean calm) {
    Message.Places told = parent.places();
    return isClearlyStronger(child.slots(), child.home(), trees.offer(substream, room))
        || (told != null
            && told.home() == substream.index()
            && ((calm && told.bar() == 0)
                || (child.home() && passes(child.slots(), true, told.bar()))));
  }
}
