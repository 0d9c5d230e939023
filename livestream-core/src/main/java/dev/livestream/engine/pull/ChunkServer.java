package dev.livestream.engine.pull;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.engine.window.ChunkWindow;
import dev.livestream.engine.window.StreamRate;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Message;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for chunks: each is queued for sending or refused at once, so that the asker can
 * turn to somebody else.
 *
 * <p>Refused are what is not here, what would have to wait too long (children come first; the study
 * behind the design found that pulls must only go where queues are short), and what goes beyond the
 * asker's fair rate.
 */
public final class ChunkServer {
  private static final long LONGEST_QUEUE = 80_000;
  private static final long USEFUL_FOR = 2_000_000;
  private static final int MOST_QUEUED = 64;
  private static final double MOST_COPIES = 4;

  private final EngineContext context;
  private final Uploader uploader;

  /** A server over an uplink. */
  public ChunkServer(EngineContext context, Uploader uploader) {
    this.context = context;
    this.uploader = uploader;
  }

  /** A peer asks for chunks. */
  public void asked(
      Peer peer,
      Message.Request request,
      long epoch,
      ChunkWindow window,
      StreamRate rate,
      long nowMicros) {
    long[] refused = new long[request.sequences().length];
    int count = 0;
    for (long sequence : request.sequences()) {
      boolean granted =
          request.epoch() == epoch && grant(peer, window.get(sequence), window, rate, nowMicros);
      if (!granted) {
        refused[count++] = sequence;
      }
    }
    if (count > 0) {
      context
          .outbox()
          .send(peer.id(), new Message.Refuse(request.epoch(), Arrays.copyOf(refused, count)));
    }
  }

  private boolean grant(
      Peer peer, @Nullable Chunk chunk, ChunkWindow window, StreamRate rate, long nowMicros) {
    return chunk != null
        && !context.config().leaf()
        && uploader.queueMicros() < LONGEST_QUEUE
        && peer.requestsQueued() < MOST_QUEUED
        && peer.spend(MOST_COPIES * rate.chunksPerSecond(), window.capacity(), nowMicros)
        && uploader.serve(peer, chunk, nowMicros + USEFUL_FOR, nowMicros);
  }

  /** A peer does not want chunks any more, asked for or pushed. */
  public void cancelled(Peer peer, Message.Cancel cancel) {
    for (long sequence : cancel.sequences()) {
      peer.have().add(sequence);
      uploader.cancel(peer, sequence);
    }
  }
}
