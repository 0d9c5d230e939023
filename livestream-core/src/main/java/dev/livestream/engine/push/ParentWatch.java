package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Liveness;
import dev.livestream.engine.membership.Peer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Notices parents that do not deliver.
 *
 * <p>The other substreams tell what this one should have brought by now. A parent that misses its
 * turn ({@link Rhythm}) and is silent altogether is doubted at once: what it owes is asked for
 * elsewhere, and it is asked for a sign of life. If that stays out it is replaced. One that talks
 * but does not deliver is given longer, for mostly it has lost its own parent and is about to find
 * another; were all below it to ask at once for what few have, those few could serve nobody
 * (docs/decisions, 0030). What pull repaired meanwhile does not count: it was not the parent's
 * work.
 */
final class ParentWatch {
  private static final long MIN_BACKOFF = 500_000;
  private static final long MAX_BACKOFF = 8_000_000;
  private static final int TALKS_BUT_STARVES = 3;
  private static final long STARVING = 1_000_000;
  // Some pauses are longer by chance. Doubt costs a request, which may bring what comes anyway.
  private static final long CLEARLY_LONGER = 90_000;
  private static final long UNHEARD = 150_000;
  private static final long ANSWER = 150_000;

  private final EngineContext context;
  private final Liveness liveness;
  private final int substreams;
  private final long[] lastPushed;
  private final long[] blameAgainAt;
  private final long[] backoff;

  ParentWatch(EngineContext context, Liveness liveness, Substream[] all, int substreams) {
    this.context = context;
    this.liveness = liveness;
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

  /**
   * The parent if it is to be replaced; null if all is well or nothing can be said. It may be
   * doubted meanwhile.
   */
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
    if (isUnheard(parent, nowMicros) && hasMissedATurn(substream, known, expected, nowMicros)) {
      substream.doubt();
      liveness.suspect(parent, nowMicros);
    }
    boolean silent =
        nowMicros - parent.lastHeard() > silence || leavesUnanswered(parent, nowMicros);
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
    liveness.suspect(parent, nowMicros);
    return parent;
  }

  private boolean isUnheard(Peer parent, long nowMicros) {
    return nowMicros - parent.lastHeard() > context.tempo().beats(UNHEARD);
  }

  private boolean hasMissedATurn(
      Substream substream, Trees.Known known, long expected, long nowMicros) {
    long least = context.tempo().beats(CLEARLY_LONGER) + context.allowance(nowMicros);
    return substream.hasMissedATurn(known.since(expected), least, nowMicros);
  }

  /** Whether it was asked for a sign of life, and should have given one by now. */
  private boolean leavesUnanswered(Peer parent, long nowMicros) {
    return parent.pingedAt() > 0
        && nowMicros - parent.pingedAt()
            > Math.max(ANSWER, 2 * parent.rttMicros()) + context.allowance(nowMicros);
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
