package dev.livestream.transport.quic;

import dev.livestream.spi.Ticker;
import dev.livestream.spi.TransferOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends chunks, each on a unidirectional stream of its own.
 *
 * <p>One stream at a time is being written; the others wait here, uncopied. The QUIC library takes
 * what congestion control and the receiver's windows allow, so a write that is not yet complete
 * means that the path is full, and opening further streams would only spread what there is over
 * chunks that then all come late. In this order the first is whole soonest, and what has not begun
 * can be cancelled for nothing. A chunk that has begun is given up by ending its stream before its
 * announced length, which the receiver drops; the next one waits until that end has been taken.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are heard where they matter.
final class ChunkSender {
  private final QuicChannel channel;
  private final Ticker ticker;
  private final Ended ended;
  private final Map<Long, Transfer> waiting = new LinkedHashMap<>();
  private @Nullable Transfer writing;
  private long nextId;
  private long queuedBytes;
  private boolean pumping;
  private boolean closed;

  /** Hears how each transfer ended; may come within {@link #send}. */
  interface Ended {
    void transferEnded(long transfer, TransferOutcome outcome);
  }

  ChunkSender(QuicChannel channel, Ticker ticker, Ended ended) {
    this.channel = channel;
    this.ticker = ticker;
    this.ended = ended;
  }

  long send(ByteBuffer frame, long deadlineMicros) {
    Transfer transfer = new Transfer(nextId++, frame, deadlineMicros);
    if (waiting.size() >= QuicSettings.QUEUED_TRANSFERS
        || queuedBytes + transfer.bytes > QuicSettings.QUEUED_CHUNK_BYTES) {
      ended.transferEnded(transfer.id, TransferOutcome.CANCELLED);
      return transfer.id;
    }
    queuedBytes += transfer.bytes;
    waiting.put(transfer.id, transfer);
    pump();
    return transfer.id;
  }

  void cancel(long id) {
    Transfer queued = waiting.remove(id);
    if (queued != null) {
      end(queued, TransferOutcome.CANCELLED);
      return;
    }
    Transfer begun = writing;
    if (begun != null && begun.id == id) {
      giveUp(begun);
    }
  }

  private void giveUp(Transfer begun) {
    // Without anything written it is cut short as soon as its stream is open.
    if (!begun.cancelled && (begun.unsent == null || begun.cutShort())) {
      begun.cancelled = true;
      end(begun, TransferOutcome.CANCELLED);
    }
  }

  /** Writes what may be written: after a send, when a write completes, when there is new credit. */
  void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (!closed && writing == null && !waiting.isEmpty()) {
        Iterator<Transfer> first = waiting.values().iterator();
        Transfer next = first.next();
        if (next.deadlineMicros < ticker.nowMicros()) {
          first.remove();
          end(next, TransferOutcome.CANCELLED);
        } else if (channel.peerAllowedStreams(QuicStreamType.UNIDIRECTIONAL) <= 0) {
          return;
        } else {
          first.remove();
          begin(next);
        }
      }
    } finally {
      pumping = false;
    }
  }

  private void begin(Transfer transfer) {
    writing = transfer;
    transfer.begunMicros = ticker.nowMicros();
    channel
        .createStream(QuicStreamType.UNIDIRECTIONAL, SilentHandler.INSTANCE)
        .addListener((Future<QuicStreamChannel> created) -> streamOpened(transfer, created));
  }

  private void streamOpened(Transfer transfer, Future<QuicStreamChannel> created) {
    if (!created.isSuccess()) {
      finished(transfer, TransferOutcome.CANCELLED);
      return;
    }
    QuicStreamChannel stream = created.getNow();
    if (closed) {
      stream.close();
      return;
    }
    ByteBuf bytes = Framing.encode(stream.alloc(), transfer.frame);
    transfer.unsent = bytes;
    if (transfer.cancelled) {
      transfer.cutShort();
    }
    stream
        .writeAndFlush(new DefaultQuicStreamFrame(bytes, true))
        .addListener(written -> written(transfer, stream, written));
  }

  private void written(Transfer transfer, QuicStreamChannel stream, Future<?> written) {
    if (written.isSuccess()) {
      finished(transfer, TransferOutcome.SENT);
      return;
    }
    stream.close();
    boolean refused = written.cause() instanceof ChannelOutputShutdownException;
    finished(transfer, refused ? TransferOutcome.REFUSED : TransferOutcome.CANCELLED);
  }

  private void finished(Transfer transfer, TransferOutcome outcome) {
    writing = null;
    transfer.unsent = null;
    if (!transfer.cancelled) {
      end(transfer, outcome);
    }
    pump();
  }

  private void end(Transfer transfer, TransferOutcome outcome) {
    queuedBytes -= transfer.bytes;
    if (!closed) {
      ended.transferEnded(transfer.id, outcome);
    }
  }

  /** Gives up what has been stuck for so long that the receiver would take it for an attack. */
  void giveUpBegunBefore(long micros) {
    Transfer begun = begunBefore(micros);
    if (begun != null) {
      giveUp(begun);
    }
  }

  /** Whether what was begun that long ago is still not written: the peer takes nothing any more. */
  boolean isStuckSince(long micros) {
    return begunBefore(micros) != null;
  }

  private @Nullable Transfer begunBefore(long micros) {
    Transfer begun = writing;
    return begun != null && begun.begunMicros < micros ? begun : null;
  }

  long queuedBytes() {
    return queuedBytes;
  }

  /** The connection is closed: nothing is reported any more. */
  void close() {
    closed = true;
    waiting.clear();
    queuedBytes = 0;
  }
}
