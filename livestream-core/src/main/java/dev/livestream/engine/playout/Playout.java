package dev.livestream.engine.playout;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.Output;
import dev.livestream.engine.window.ChunkWindow;
import dev.livestream.wire.Chunk;

/**
 * Hands chunks to the reader in order, and gives up what cannot be in time.
 *
 * <p>A chunk is handed over as soon as everything before it has been. A missing one is waited for
 * until the first chunk after it would be too late itself: then the gap is reported and skipped.
 * Latency is thus bounded by the target, whatever happens, and never drifts.
 *
 * <p>The stretch from the key frame that a newcomer starts at to the present is older than that
 * when it comes. It is waited for until what was written since would be late, and no longer: one
 * hole in the past would else cost a second of the present. Whoever waited for the stream to begin
 * waits for its first chunks up to three times the target, which is caught up with at twice the
 * speed of play: while everybody is finding parents and programs are warming up, a hole would be a
 * poor start.
 *
 * <p>If the host itself stood still, chunks are late through nobody's fault and mostly on their
 * way; deadlines then wait as long as the host stood still, up to a bound.
 */
public final class Playout {
  private static final long STALL = 150_000;
  private static final long LEAST_HOP = 30_000;
  private static final long MAX_GRACE = 3_000_000;
  private static final int TARGETS_AT_FIRST = 3;
  private static final int CATCHING_UP = 2;
  // The deadlines of a newcomer's past differ by as much only as it takes to ask in their order.
  private static final int OLDEST_FIRST = 8;

  private final EngineContext context;
  private final PlayoutClock clock;
  private final long cameAt;
  private long next = -1;
  private long startedAt;
  private long startTimestamp;
  private long graceUntil;
  private long lastTick;
  private long endSequence;
  private long endKnownAt;
  private boolean ended;
  private boolean fromBeginning;
  private boolean resumed;
  private long epoch;

  /**
   * A play-out that has not started.
   *
   * @param cameAt when the viewer came
   */
  public Playout(EngineContext context, long cameAt) {
    this.context = context;
    this.cameAt = cameAt;
    this.clock = new PlayoutClock(context.config().targetLatencyMicros());
  }

  /** Whether the first chunk has been settled on. */
  public boolean started() {
    return next >= 0;
  }

  /** The next chunk to hand over; meaningful once {@link #started}. */
  public long next() {
    return next;
  }

  /** This peer was there before the stream began, so it starts with the very first chunk. */
  public void startFromBeginning() {
    fromBeginning = !started();
  }

  /** Whether everything has been handed over or reported. */
  public boolean ended() {
    return ended;
  }

  /** Until when a chunk with this timestamp is of use. */
  public long deadline(long timestamp) {
    if (resumed) {
      // The reader is at the present already: what comes too late is not waited for.
      return clock.deadline(timestamp);
    }
    long target = context.config().targetLatencyMicros();
    long until =
        fromBeginning
            ? startedAt + (timestamp - startTimestamp) / CATCHING_UP + TARGETS_AT_FIRST * target
            : presentFrom(target) - Math.max(0, startTimestamp - timestamp) / OLDEST_FIRST;
    return Math.max(clock.deadline(timestamp), until);
  }

  /**
   * When a newcomer must be at the present, whatever it still lacks of the past: what was written
   * since it came would be late otherwise.
   */
  private long presentFrom(long target) {
    return Math.max(cameAt + target, startedAt + target / 2);
  }

  /**
   * Until when a chunk with this timestamp is worth passing on: those who catch up with the stream
   * wait for longer, but nobody waits with them.
   */
  public long worthUntil(long timestamp) {
    return fromBeginning ? deadline(timestamp) : clock.deadline(timestamp) - LEAST_HOP;
  }

  /** The broadcaster says where the stream ends. */
  public void endAt(long sequence, ChunkWindow window, long nowMicros) {
    if (endSequence == 0) {
      endKnownAt = nowMicros;
    }
    endSequence = sequence;
    release(window, nowMicros);
  }

  /** A verified chunk has come into the window. */
  public void arrived(Chunk chunk, boolean pushed, ChunkWindow window, long nowMicros) {
    if (pushed) {
      clock.observe(chunk.meta().timestampMicros(), nowMicros);
    }
    if (chunk.sequence() == next) {
      release(window, nowMicros);
    }
  }

  /** Starts at the key frame that a chunk in the window belongs to. */
  public void start(Chunk chunk, ChunkWindow window, long nowMicros) {
    long entry = chunk.meta().keyFrameSequence();
    boolean beginningInReach = chunk.sequence() < window.capacity() / 2;
    next = Math.max(0, fromBeginning && beginningInReach ? 0 : entry);
    startedAt = nowMicros;
    startTimestamp = chunk.meta().timestampMicros();
    release(window, nowMicros);
  }

  private void release(ChunkWindow window, long nowMicros) {
    if (!started()) {
      return;
    }
    for (Chunk chunk = window.get(next); chunk != null; chunk = window.get(next)) {
      next++;
      context.counters().chunksDelivered++;
      if (context.config().delivers()) {
        context.outbox().emit(new Output.Deliver(chunk, nowMicros));
      }
    }
    if (endSequence > 0 && next >= endSequence) {
      finish();
    }
  }

  private void finish() {
    if (!ended) {
      ended = true;
      context.outbox().emit(new Output.Ended(epoch));
    }
  }

  /** The stream begins anew. */
  public void restart(long epoch) {
    this.epoch = epoch;
    boolean was = started();
    resumed = was || resumed;
    next = -1;
    endSequence = 0;
    ended = false;
    fromBeginning = was || fromBeginning;
  }

  /** Gives up what is too late. */
  public void tick(ChunkWindow window, long nowMicros) {
    noteStall(nowMicros);
    if (ended) {
      return;
    }
    if (!started()) {
      if (endSequence > 0 && nowMicros > tailDeadline()) {
        finish();
      }
      return;
    }
    while (window.end() > next) {
      long present = window.nextHeld(next);
      Chunk chunk = window.get(present);
      if (chunk == null || nowMicros < latest(chunk)) {
        break;
      }
      skipTo(present);
      release(window, nowMicros);
    }
    boolean tailOverdue = endSequence > next && window.end() <= next && nowMicros > tailDeadline();
    if (tailOverdue) {
      skipTo(endSequence);
      release(window, nowMicros);
    }
  }

  /** Gives up everything before a chunk: it will not be asked for any more. */
  public void passOver(long sequence, ChunkWindow window, long nowMicros) {
    if (started() && sequence > next) {
      skipTo(Math.min(sequence, window.nextHeld(next)));
      release(window, nowMicros);
    }
  }

  /**
   * When {@link #tick} will give something up unless it comes before; far away if nothing is
   * missing.
   */
  public long nextDeadline(ChunkWindow window) {
    if (!started() || ended || window.end() <= next) {
      return Long.MAX_VALUE;
    }
    Chunk chunk = window.get(window.nextHeld(next));
    return chunk == null ? Long.MAX_VALUE : latest(chunk);
  }

  private long tailDeadline() {
    return endKnownAt + 2 * context.config().targetLatencyMicros();
  }

  /** When what is missing before a chunk is given up: later if this host stood still. */
  private long latest(Chunk chunk) {
    long deadline = deadline(chunk.meta().timestampMicros());
    return Math.max(deadline, Math.min(graceUntil, deadline + MAX_GRACE));
  }

  private void noteStall(long nowMicros) {
    long gap = lastTick == 0 ? 0 : nowMicros - lastTick;
    lastTick = nowMicros;
    if (gap > STALL) {
      graceUntil = nowMicros + Math.min(MAX_GRACE, 2 * gap);
    }
  }

  private void skipTo(long sequence) {
    if (sequence > next) {
      context.counters().chunksMissed += sequence - next;
      if (context.config().delivers()) {
        context.outbox().emit(new Output.Gap(epoch, next, sequence));
      }
      next = sequence;
    }
  }
}
