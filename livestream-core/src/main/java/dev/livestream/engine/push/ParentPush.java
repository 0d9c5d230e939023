package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.PushState;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Message;
import dev.livestream.wire.StreamParameters;
import org.jspecify.annotations.Nullable;

/**
 * What parents push here: notes what has come, and tells what can still be expected.
 *
 * <p>How long a chunk may be on its way once it is known to exist is learnt for each substream, as
 * a mean and deviation. A chunk that its parent has passed over is given longer, because everybody
 * below the place where it was lost lacks it at the same moment: were all to ask at once, each
 * would be sent it twice, by whom it asked and by its parent (docs/decisions, 0033).
 */
public final class ParentPush {
  private static final int MOST_PATIENCE = 8;
  // Two ways there and back: the loss is noticed, and what was lost is sent again, at two hops.
  private static final long SENT_AGAIN = 200_000;

  private final EngineContext context;
  private final StreamParameters parameters;
  private final Substream[] substreams;
  private final ParentWatch watch;

  ParentPush(
      EngineContext context,
      StreamParameters parameters,
      Substream[] substreams,
      ParentWatch watch) {
    this.context = context;
    this.parameters = parameters;
    this.substreams = substreams;
    this.watch = watch;
  }

  /**
   * A chunk has come from a peer.
   *
   * @param knownSince when the chunk was first known to exist
   * @return whether that peer is the parent who was to push it
   */
  public boolean cameFrom(Peer peer, Chunk chunk, long knownSince, long nowMicros) {
    long sequence = chunk.sequence();
    Substream substream = of(sequence);
    if (substream.parent() != peer) {
      return false;
    }
    watch.pushed(substream, sequence);
    substream.pushed(sequence, parameters.substreams(), nowMicros);
    substream.lagged(nowMicros - knownSince);
    substream.lag().observe(nowMicros - chunk.meta().timestampMicros());
    return true;
  }

  /**
   * A chunk was repaired: the parent that still means to push it is told not to.
   *
   * @param knownSince when the chunk was first known to exist
   */
  public void repaired(Peer from, Message.Cancel cancel, long knownSince, long nowMicros) {
    long sequence = cancel.sequences()[0];
    Substream substream = of(sequence);
    Peer parent = substream.parent();
    if (parent == null || parent == from || substream.isBeforeParent(sequence)) {
      return;
    }
    context.outbox().send(parent.id(), cancel);
    if (nowMicros - parent.lastHeard() < context.tuning().silence()) {
      // Push would have taken longer still. Were such chunks left out, patience would be learnt
      // from the quick ones alone, and in a crowded swarm pull would race push for every chunk.
      substream.lagged(nowMicros - knownSince);
    }
  }

  /** The parent that pushes a chunk's substream; null if there is none. */
  public @Nullable Peer parent(long sequence) {
    return of(sequence).parent();
  }

  /**
   * How long push of a chunk is to be waited for once it is known to exist.
   *
   * @param knownSince since when it is
   */
  public long patience(long sequence, long knownSince) {
    Substream substream = of(sequence);
    if (substream.parent() == null || substream.orphanSince() > 0 || substream.isDoubted()) {
      return 0;
    }
    long least = context.tempo().beats(context.tuning().pullPatience());
    if (knownSince < substream.attachedAt() && !substream.isLeftToParents(sequence)) {
      // Unless they said so, the present parent may have sent it on before, and the former one has
      // stopped.
      return substream.isBeforeParent(sequence) ? 0 : least;
    }
    long usual = substream.patience(least, MOST_PATIENCE * least);
    return substream.isPassedOver(sequence, knownSince)
        ? usual + context.tempo().beats(SENT_AGAIN)
        : usual;
  }

  /**
   * Whether a chunk is on its way to here, as far as can be told. It can be only if its substream's
   * parent has a way to the source, and has delivered something lately.
   *
   * @param knownSince when the chunk was first known to exist
   */
  public PushState state(long sequence, long knownSince, long nowMicros) {
    Substream substream = of(sequence);
    boolean pushes =
        substream.isFed()
            && !substream.isDoubted()
            && nowMicros - substream.pushedAt()
                < 2 * context.tuning().silence() + context.allowance(nowMicros);
    if (pushes && substream.isExpected(sequence, knownSince, nowMicros)) {
      return PushState.COMING;
    }
    return pushes && substream.isPassedOver(sequence, knownSince)
        ? PushState.PASSED_OVER
        : PushState.NONE;
  }

  private Substream of(long sequence) {
    return substreams[parameters.substreamOf(sequence)];
  }
}
