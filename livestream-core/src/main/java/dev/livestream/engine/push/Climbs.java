package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import org.jspecify.annotations.Nullable;

/**
 * When a peer that has a parent in a substream looks for a better one.
 *
 * <p>Now and then in each, more often where it serves others. And every half second in the one
 * substream whose chunks come latest, if they do so clearly: a viewer reads in order, so it is as
 * late as the latest of its substreams, and the others gain it nothing. Not while many look for
 * places ({@link Rush}): who moves makes others move, and a swarm in which everybody comes and goes
 * delivered less with it. Nor in the first seconds, while delays are those of programs that warm up
 * (docs/decisions, 0025).
 */
final class Climbs {
  // Moving costs the swarm some chunks that are asked for; smaller differences are chance.
  private static final long WORTH_MOVING = 60_000;
  private static final long INTERVAL = 1_500_000;
  private static final long LEAF_INTERVAL = 3_000_000;
  private static final long LATEST_INTERVAL = 500_000;
  private static final long WARMING_UP = 10_000_000;
  private static final int MOST_DOUBLINGS = 5;

  private final EngineContext context;
  private final Trees trees;
  private final Prospects prospects;
  private final Rush rush;
  private final long[] dueAt;
  private final long[] lookedAt;
  private long began;

  Climbs(EngineContext context, Trees trees, Prospects prospects, Rush rush) {
    this.context = context;
    this.trees = trees;
    this.prospects = prospects;
    this.rush = rush;
    this.dueAt = new long[trees.all().length];
    this.lookedAt = new long[trees.all().length];
  }

  /** The neighbour to ask for a place now, because it would be a better parent; null for none. */
  @Nullable Peer better(Substream substream, Seek seek, long nowMicros) {
    int index = substream.index();
    if (began == 0) {
      began = nowMicros;
    }
    if (dueAt[index] == 0) {
      schedule(substream, 0, nowMicros);
      lookedAt[index] = nowMicros;
    }
    // The path ends at the parent; at the first hop there is nothing above it.
    if (substream.path().length < 2 || !isDue(substream, nowMicros)) {
      return null;
    }
    lookedAt[index] = nowMicros;
    schedule(substream, 0, nowMicros);
    // A peer that was late itself takes its own delay for its parent's.
    boolean comparable =
        substream.lag().isKnown() && context.lateness().allowance(nowMicros) < WORTH_MOVING;
    return comparable ? prospects.better(substream, WORTH_MOVING, seek, nowMicros) : null;
  }

  private boolean isDue(Substream substream, long nowMicros) {
    int index = substream.index();
    return nowMicros >= dueAt[index]
        || (nowMicros - lookedAt[index] > LATEST_INTERVAL
            && nowMicros - began > WARMING_UP
            && isLatest(substream)
            && !rush.isOn(nowMicros));
  }

  /** Whether no other substream's chunks come later, and the usual one's clearly sooner. */
  private boolean isLatest(Substream substream) {
    if (!substream.lag().isMeasured()) {
      return false;
    }
    long own = substream.lag().micros();
    long sum = 0;
    int measured = 0;
    for (Substream other : trees.all()) {
      if (other.lag().isMeasured()) {
        long lag = other.lag().micros();
        if (lag > own) {
          return false;
        }
        sum += lag;
        measured++;
      }
    }
    return own > sum / measured + WORTH_MOVING;
  }

  /** There is a new parent: it has its time. */
  void found(Substream substream, long nowMicros) {
    schedule(substream, 0, nowMicros);
  }

  /**
   * Who was asked has refused.
   *
   * @param failures how often in a row that was so
   */
  void refused(Substream substream, int failures, long nowMicros) {
    schedule(substream, failures, nowMicros);
  }

  private void schedule(Substream substream, int failures, long nowMicros) {
    boolean home = trees.home() == substream.index();
    long wait = home ? INTERVAL << Math.min(failures, MOST_DOUBLINGS) : LEAF_INTERVAL;
    dueAt[substream.index()] = nowMicros + wait / 2 + context.random().nextLong(wait);
  }
}
