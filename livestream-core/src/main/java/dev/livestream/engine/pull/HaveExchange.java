package dev.livestream.engine.pull;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.engine.window.ChunkWindow;
import dev.livestream.engine.window.Entries;
import dev.livestream.engine.window.StreamRate;
import dev.livestream.wire.Message;

/**
 * Tells neighbours which chunks are held here, and remembers what they tell.
 *
 * <p>A map speaks mostly of the last few seconds only, some 30 bytes. It goes to mesh neighbours
 * once a second while the stream moves, seldom while it rests; to everybody once the stream has
 * ended, so that a broadcaster knows when it may go. What was missing here when a map last spoke of
 * it may have come since, and somebody patient may still want it: so every few maps, and whenever
 * the stream rests, one speaks of the whole window.
 */
public final class HaveExchange {
  private static final long HEARTBEAT = 1_000_000;
  private static final double SPAN_SECONDS = 3;
  private static final int LEAST_SPAN = 64;
  private static final int WHOLE_EVERY = 8;

  private final EngineContext context;
  private final PeerBook book;
  private final Uploader uploader;
  private long next;
  private long toldEnd = -1;
  private long toldAt;
  private boolean toldComplete;
  private int told;

  /** An exchange in which nothing was said yet. */
  public HaveExchange(EngineContext context, PeerBook book, Uploader uploader) {
    this.context = context;
    this.book = book;
    this.uploader = uploader;
  }

  /** Tells one peer now. */
  public void tell(Peer peer, boolean complete, long epoch, ChunkWindow window, StreamRate rate) {
    context.outbox().send(peer.id(), map(complete, complete, epoch, window, rate));
  }

  /** Tells mesh neighbours if it is time and there is something to tell. */
  public void tick(
      boolean complete, long epoch, ChunkWindow window, StreamRate rate, long nowMicros) {
    if (complete && !toldComplete) {
      toldComplete = true;
      Message.Have map = map(true, true, epoch, window, rate);
      for (Peer peer : book.all()) {
        if (peer.greeted()) {
          context.outbox().send(peer.id(), map);
        }
      }
      return;
    }
    toldComplete = complete;
    if (nowMicros < next) {
      return;
    }
    next = context.nextRound(context.tempo().paced(context.tuning().haveInterval()), nowMicros);
    boolean rests = window.end() == toldEnd;
    if (rests && nowMicros - toldAt < HEARTBEAT) {
      return;
    }
    toldEnd = window.end();
    toldAt = nowMicros;
    boolean whole = rests || ++told % WHOLE_EVERY == 0;
    Message.Have map = map(complete, whole, epoch, window, rate);
    for (Peer peer : book.all()) {
      if (peer.isNeighbour()) {
        context.outbox().send(peer.id(), map);
      }
    }
  }

  private Message.Have map(
      boolean complete, boolean whole, long epoch, ChunkWindow window, StreamRate rate) {
    long span =
        whole
            ? window.capacity()
            : (long) Math.max(LEAST_SPAN, SPAN_SECONDS * rate.chunksPerSecond());
    long from = window.end() - span;
    Entries entries = window.entries();
    if (entries.latest() >= 0) {
      from = Math.min(from, entries.latest());
    }
    from = Math.max(from, window.base());
    int queueMillis = (int) Math.min(60_000, uploader.queueMicros() / 1_000);
    return new Message.Have(
        epoch,
        from,
        window.bits(from),
        queueMillis,
        entries.latest(),
        entries.passedMillis(),
        entries.intervalMillis(),
        complete);
  }

  /** A peer tells. */
  public void told(Peer peer, Message.Have have, long nowMicros) {
    peer.status(have, nowMicros);
    peer.have().replace(have.base(), have.bits());
  }
}
