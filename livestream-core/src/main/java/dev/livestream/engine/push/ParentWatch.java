package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Notices parents that do not deliver.
 *
 * <p>The other substreams tell what this one should have brought by now. If the next chunk is
 * overdue and its parent has been silent altogether, the parent is suspected soon; if it talks but
 * does not deliver, somewhat later. What pull repaired meanwhile does not count: it was not the
 * parent's work.
 */
final class ParentWatch {
  private static final long MIN_BACKOFF = 500_000;
  private static final long MAX_BACKOFF = 8_000_000;
  private static final int TALKS_BUT_STARVES = 3;
  private static final long STARVING = 1_000_000;

  private final EngineContext context;
  private final int substreams;
  private final long[] lastPushed;
  private final long[] blameAgainAt;
  private final long[] backoff;

  ParentWatch(EngineContext context, Substream[] all, int substreams) {
    this.context = context;
    this.substreams = substreams;
    this.lastPushed = new long[all.length];
    this.blameAgainAt = new long[all.length];
    this.backoff = new long[all.length];
    Arrays.fill(lastPushed, -1);
  }

  /** There is a new parent: it starts with a clean slate. */
  void attached(Substream substream) {
    lastPushed[substream.index()] = -1;
  }

  /** The parent has delivered. */
  void pushed(Substream substream, long sequence) {
    lastPushed[substream.index()] = Math.max(lastPushed[substream.index()], sequence);
  }

  /** The parent if it is overdue; null if all is well or nothing can be said. */
  @Nullable Peer starvedBy(Substream substream, Trees.Known known, long nowMicros) {
    Peer parent = substream.parent();
    long silence = context.tuning().silence() + context.allowance(nowMicros);
    if (parent == null || nowMicros - substream.attachedAt() < silence) {
      return null;
    }
    long expected = expected(substream, known);
    if (expected < 0 || expected >= known.end()) {
      substream.starving(false);
      return null;
    }
    long overdue = nowMicros - Math.max(known.since(expected), substream.attachedAt() + silence);
    substream.starving(overdue > STARVING);
    boolean silent = nowMicros - parent.lastHeard() > silence;
    if (silent && overdue > substream.patience(0, silence)) {
      substream.doubt();
    }
    long bearable = (silent ? 0 : TALKS_BUT_STARVES * silence) + substream.patience(0, silence);
    // A parent that says itself that it has no way to the source is given time to find one.
    boolean honest = !silent && substream.orphanSince() > 0;
    if (overdue <= bearable || honest || nowMicros < blameAgainAt[substream.index()]) {
      return null;
    }
    blamed(substream.index(), nowMicros);
    return parent;
  }

  // Where everybody starves, changing parents feeds nobody: blame more and more rarely.
  private void blamed(int index, long nowMicros) {
    boolean lately = nowMicros - blameAgainAt[index] < 2 * MAX_BACKOFF;
    backoff[index] = lately ? Math.min(MAX_BACKOFF, 2 * backoff[index]) : MIN_BACKOFF;
    blameAgainAt[index] = nowMicros + backoff[index];
  }

  private long expected(Substream substream, Trees.Known known) {
    int index = substream.index();
    if (lastPushed[index] < 0) {
      // The slate is clean: whatever comes from now on is expected.
      long next = known.end() + Math.floorMod(index - known.end(), (long) substreams);
      lastPushed[index] = next - substreams;
      return -1;
    }
    return lastPushed[index] + substreams;
  }
}
