package dev.livestream.engine;

import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.engine.playout.Playout;
import dev.livestream.engine.pull.Beginning;
import dev.livestream.engine.pull.PullScheduler;
import dev.livestream.engine.window.ChunkWindow;
import dev.livestream.wire.Chunk;

/**
 * How a viewer gets from what others tell of the stream to the first chunk that it plays.
 *
 * <p>Before it holds a chunk it has to take somebody's word for where the stream is ({@link
 * Beginning}). The first chunk that comes proves it, and play-out starts at the key frame which
 * that belongs to, unless the next is so near that it is waited for.
 */
final class Start {
  private final PeerBook book;
  private final PullScheduler pull;
  private final Playout playout;
  private final Beginning beginning;
  private final int windowChunks;

  Start(PeerBook book, PullScheduler pull, Playout playout, int windowChunks) {
    this.book = book;
    this.pull = pull;
    this.playout = playout;
    this.beginning = new Beginning(book);
    this.windowChunks = windowChunks;
  }

  /** A peer has told what it holds of the present epoch. */
  void told(Peer peer, long epoch, ChunkWindow window, long nowMicros) {
    learnFrom(peer, window, nowMicros);
    if (!playout.started()) {
      beginning.choose(epoch, nowMicros);
    }
  }

  private void learnFrom(Peer peer, ChunkWindow window, long nowMicros) {
    long end = peer.have().end();
    if (end == 0) {
      if (window.end() == 0) {
        playout.startFromBeginning();
      }
      return;
    }
    // A claim about the future is believed as far as it can do no harm.
    long believable = window.end() == 0 ? end : Math.min(end, window.end() + windowChunks / 4);
    if (window.end() > 0 || (pull.knownEnd() == 0 && beginning.believes(peer))) {
      pull.exists(believable, nowMicros);
    }
  }

  /** A verified chunk has come into the window. */
  void arrived(Chunk chunk, ChunkWindow window, long nowMicros) {
    if (playout.started()) {
      return;
    }
    beginning.choose(chunk.epoch(), nowMicros);
    if (!beginning.passesOver(chunk.meta().keyFrameSequence())) {
      playout.start(chunk, window, nowMicros);
    }
  }

  /** Goes on with what takes time. */
  void tick(long epoch, ChunkWindow window, long nowMicros) {
    if (playout.started()) {
      return;
    }
    Chunk newest = window.get(window.end() - 1);
    if (newest != null) {
      // What was passed over is better than nothing, if what was waited for does not come.
      arrived(newest, window, nowMicros);
    } else {
      doubtWhoeverLeadsNowhere(epoch, window, nowMicros);
    }
  }

  private void doubtWhoeverLeadsNowhere(long epoch, ChunkWindow window, long nowMicros) {
    if (beginning.doubts(epoch, nowMicros)) {
      pull.clear();
      for (Peer peer : book.all()) {
        if (peer.haveEpoch() == epoch) {
          learnFrom(peer, window, nowMicros);
        }
      }
    }
  }

  /** Where the stream is taken to be before play-out has started; -1 if that is not known yet. */
  long from(long epoch) {
    return beginning.entry(epoch);
  }

  /** The stream has ended: what is not there yet will not be. */
  void ended() {
    beginning.ended();
  }

  /** The stream begins anew. */
  void restart() {
    beginning.restart();
  }
}
