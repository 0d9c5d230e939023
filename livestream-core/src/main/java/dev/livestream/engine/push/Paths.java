package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import dev.livestream.wire.WireLimits;
import java.util.Arrays;

/**
 * The way to the source in each substream, from here and as the children are told it.
 *
 * <p>Each peer knows all hops between the source and itself, so that nobody becomes its own
 * ancestor: a path that leads through this peer is refused.
 */
final class Paths {
  private static final long INTERVAL = 60_000;

  private final EngineContext context;
  private final Substream[] substreams;
  private final boolean[] untold;
  private long tellAt;

  Paths(EngineContext context, Substream[] substreams) {
    this.context = context;
    this.substreams = substreams;
    this.untold = new boolean[substreams.length];
  }

  /**
   * Whether a path cannot be this peer's: it leads through it, or it leaves no room for it, so that
   * its own children could not be told theirs.
   */
  boolean isUseless(long[] path) {
    return path.length >= WireLimits.PATH_HOPS || leadsThrough(path);
  }

  private boolean leadsThrough(long[] path) {
    long self = context.config().self().shortId();
    for (long hop : path) {
      if (hop == self) {
        return true;
      }
    }
    return false;
  }

  /** The path that this peer's children have; empty while there is no way to the source. */
  long[] below(Substream substream) {
    long self = context.config().self().shortId();
    if (context.config().role() == Role.SOURCE) {
      return new long[] {self};
    }
    long[] path = substream.path();
    if (!substream.isFed() || path.length >= WireLimits.PATH_HOPS) {
      return new long[0];
    }
    long[] below = Arrays.copyOf(path, path.length + 1);
    below[path.length] = self;
    return below;
  }

  /**
   * A substream's path has changed. Children are told in a moment, not at once: a parent that
   * changes its mind all the time would make this peer a nuisance.
   */
  void changed(Substream substream) {
    untold[substream.index()] = true;
  }

  /** Tells a substream's children their path. */
  void tell(Substream substream) {
    untold[substream.index()] = false;
    long[] path = below(substream);
    for (Child child : substream.children()) {
      context.outbox().send(child.peer().id(), new Message.PathUpdate(substream.index(), path));
    }
  }

  /** Tells children what has changed since. */
  void tick(long nowMicros) {
    if (nowMicros < tellAt) {
      return;
    }
    tellAt = nowMicros + INTERVAL;
    for (Substream substream : substreams) {
      if (untold[substream.index()]) {
        tell(substream);
      }
    }
  }
}
