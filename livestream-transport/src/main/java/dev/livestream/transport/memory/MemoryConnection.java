package dev.livestream.transport.memory;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Connection;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.ConnectionStats;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a connection: a queue of control frames, a queue of chunks, and the other end.
 *
 * <p>No callback is ever made from within a call of the program: what a call causes happens in a
 * later task of the loop, as it would with a socket.
 */
final class MemoryConnection implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryConnection.class);

  /**
   * What may wait to be sent. The loop moves frames faster than anything above it makes them, so
   * this is only reached by a program that floods the transport within one task.
   */
  private static final long MAX_QUEUED_BYTES = 64L << 20;

  private record Transfer(long number, ByteBuffer frame, long deadlineMicros) {}

  private enum State {
    OPEN,
    /** Closed here; what was said before is still on its way to the other end. */
    CLOSING,
    CLOSED
  }

  private final MemoryTransport transport;
  private final MemoryTransport remote;
  private final ConnectionHandler handler;
  private final PeerAddress remoteAddress;
  private final boolean outgoing;
  private final long rttMicros;
  private final MemoryLoop loop;
  private @Nullable MemoryConnection other;

  private final Queue<ByteBuffer> control = new ArrayDeque<>();
  private final Map<Long, Transfer> chunks = new LinkedHashMap<>();
  private long queuedBytes;
  private long transfers;
  private boolean awake;
  private State state = State.OPEN;
  private CloseReason reason = CloseReason.DONE;

  MemoryConnection(
      MemoryTransport transport,
      MemoryTransport remote,
      ConnectionHandler handler,
      PeerAddress remoteAddress,
      boolean outgoing,
      long rttMicros,
      MemoryLoop loop) {
    this.transport = transport;
    this.remote = remote;
    this.handler = handler;
    this.remoteAddress = remoteAddress;
    this.outgoing = outgoing;
    this.rttMicros = rttMicros;
    this.loop = loop;
  }

  void pair(MemoryConnection end) {
    other = end;
  }

  private MemoryConnection other() {
    if (other == null) {
      throw new IllegalStateException("an end without its other end");
    }
    return other;
  }

  void open() {
    call(() -> handler.opened(this));
  }

  @Override
  public PeerId remoteId() {
    return remote.localId();
  }

  @Override
  public PeerAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public boolean outgoing() {
    return outgoing;
  }

  @Override
  public ConnectionStats stats() {
    return new ConnectionStats(rttMicros, queuedBytes, 0);
  }

  @Override
  public void sendControl(ByteBuffer frame) {
    checkLength(frame, transport.limits().controlFrameBytes());
    if (state != State.OPEN) {
      return;
    }
    if (queuedBytes + frame.remaining() > MAX_QUEUED_BYTES) {
      close(CloseReason.BUSY);
      return;
    }
    queuedBytes += frame.remaining();
    control.add(frame);
    wake();
  }

  @Override
  public long sendChunk(ByteBuffer frame, long deadlineMicros) {
    checkLength(frame, transport.limits().chunkFrameBytes());
    long number = ++transfers;
    if (state != State.OPEN) {
      return number;
    }
    if (queuedBytes + frame.remaining() > MAX_QUEUED_BYTES) {
      endLater(number, TransferOutcome.CANCELLED);
      return number;
    }
    queuedBytes += frame.remaining();
    chunks.put(number, new Transfer(number, frame, deadlineMicros));
    wake();
    return number;
  }

  private static void checkLength(ByteBuffer frame, int limit) {
    if (frame.remaining() > limit) {
      throw new IllegalArgumentException(
          "a frame of " + frame.remaining() + " bytes is over the limit of " + limit);
    }
  }

  @Override
  public void cancel(long transfer) {
    Transfer cancelled = chunks.remove(transfer);
    if (cancelled != null) {
      queuedBytes -= cancelled.frame().remaining();
      endLater(transfer, TransferOutcome.CANCELLED);
    }
  }

  private void endLater(long transfer, TransferOutcome outcome) {
    loop.execute(() -> end(transfer, outcome));
  }

  private void end(long transfer, TransferOutcome outcome) {
    if (state == State.OPEN) {
      call(() -> handler.transferEnded(transfer, outcome));
    }
  }

  private void wake() {
    if (!awake) {
      awake = true;
      loop.wake(this);
    }
  }

  /** Moves the next frame to the other end, control first. */
  void sendNext() {
    awake = false;
    ByteBuffer frame = control.poll();
    if (frame != null) {
      queuedBytes -= frame.remaining();
      transport.countSent(frame.remaining());
      other().receiveControl(copy(frame));
    } else if (state == State.CLOSING) {
      state = State.CLOSED;
      other().closedByOther(reason);
    } else {
      sendNextChunk();
    }
    if (!control.isEmpty() || !chunks.isEmpty() || state == State.CLOSING) {
      wake();
    }
  }

  private void sendNextChunk() {
    Iterator<Transfer> waiting = chunks.values().iterator();
    if (!waiting.hasNext()) {
      return;
    }
    Transfer next = waiting.next();
    waiting.remove();
    queuedBytes -= next.frame().remaining();
    if (next.deadlineMicros() < loop.nowMicros()) {
      end(next.number(), TransferOutcome.CANCELLED);
      return;
    }
    transport.countSent(next.frame().remaining());
    other().receiveChunk(copy(next.frame()));
    end(next.number(), TransferOutcome.SENT);
  }

  /** Whoever receives may keep and change what it got; whoever sent shares it with others. */
  private static ByteBuffer copy(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private void receiveControl(ByteBuffer frame) {
    if (accepts(frame, transport.limits().controlFrameBytes())) {
      call(() -> handler.control(frame));
    }
  }

  private void receiveChunk(ByteBuffer frame) {
    if (accepts(frame, transport.limits().chunkFrameBytes())) {
      call(() -> handler.chunk(frame));
    }
  }

  private boolean accepts(ByteBuffer frame, int limit) {
    if (state != State.OPEN) {
      return false;
    }
    transport.countReceived(frame.remaining());
    if (frame.remaining() > limit) {
      close(CloseReason.PROTOCOL_ERROR);
      return false;
    }
    return true;
  }

  @Override
  public void close(CloseReason why) {
    if (state == State.OPEN) {
      shut(State.CLOSING, why);
      wake();
      loop.execute(this::tellClosed);
    }
  }

  /** Closes at once, because there may be no later task for this end. */
  void closeWithEndpoint() {
    if (state == State.OPEN) {
      shut(State.CLOSING, CloseReason.LEAVING);
      wake();
      tellClosed();
    }
  }

  private void closedByOther(CloseReason why) {
    if (state == State.OPEN) {
      shut(State.CLOSED, why);
      control.clear();
      queuedBytes = 0;
      tellClosed();
    }
  }

  private void shut(State next, CloseReason why) {
    state = next;
    reason = why;
    for (Transfer transfer : chunks.values()) {
      queuedBytes -= transfer.frame().remaining();
    }
    chunks.clear();
    transport.remove(this);
  }

  private void tellClosed() {
    try {
      handler.closed(reason);
    } catch (RuntimeException | Error e) {
      LOG.error("a handler threw when it was told that its connection is closed", e);
    }
  }

  private void call(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a connection is closed because its handler threw", e);
      close(CloseReason.PROTOCOL_ERROR);
    }
  }
}
