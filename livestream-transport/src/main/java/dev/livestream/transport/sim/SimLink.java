package dev.livestream.transport.sim;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Connection;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.ConnectionStats;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One end of a simulated connection as the SPI wants it. */
final class SimLink implements Connection, SimConnectionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SimLink.class);

  /** Reached only by a program that sends without looking at what has left. */
  private static final long MAX_QUEUED_BYTES = 64L << 20;

  private record Transfer(ByteBuffer frame, long deadlineMicros) {}

  private enum State {
    CONNECTING,
    OPEN,
    /** Closed, and the handler does not know yet. */
    CLOSED,
    TOLD
  }

  private final SimTransport transport;
  private final @Nullable PeerId expected;
  private @Nullable ConnectionHandler handler;
  private @Nullable SimConnection connection;
  private State state = State.CONNECTING;
  private CloseReason reason = CloseReason.DONE;

  private final Map<Long, Transfer> waiting = new LinkedHashMap<>();
  private final Set<Long> handedOver = new HashSet<>();
  private long waitingBytes;
  private long transfers;
  private boolean inTurn;

  /** An end; without a handler, the transport gives one when the connection opens. */
  SimLink(SimTransport transport, @Nullable PeerId expected, @Nullable ConnectionHandler handler) {
    this.transport = transport;
    this.expected = expected;
    this.handler = handler;
  }

  void dial(SimEndpoint from, PeerAddress to) {
    connection = from.dial(to, this);
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  private SimConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("not connected to anybody");
    }
    return connection;
  }

  private ConnectionHandler handler() {
    if (handler == null) {
      throw new IllegalStateException("nobody listens");
    }
    return handler;
  }

  @Override
  public PeerId remoteId() {
    return (PeerId) connection().remote().identity();
  }

  @Override
  public PeerAddress remoteAddress() {
    return connection().remote().address();
  }

  @Override
  public boolean outgoing() {
    return connection().outgoing();
  }

  @Override
  public ConnectionStats stats() {
    long queued = state == State.OPEN ? waitingBytes + connection().queuedBytes() : 0;
    return new ConnectionStats(connection().rttMicros(), queued, connection().lastHeard());
  }

  @Override
  public void sendControl(ByteBuffer frame) {
    checkLength(frame, transport.limits().controlFrameBytes());
    if (state == State.OPEN) {
      transport.countSent(frame.remaining());
      connection().sendControl(frame.remaining(), frame);
    }
  }

  @Override
  public long sendChunk(ByteBuffer frame, long deadlineMicros) {
    checkLength(frame, transport.limits().chunkFrameBytes());
    long number = ++transfers;
    if (state != State.OPEN) {
      return number;
    }
    if (waitingBytes + frame.remaining() > MAX_QUEUED_BYTES) {
      endLater(number);
      return number;
    }
    waiting.put(number, new Transfer(frame, deadlineMicros));
    waitingBytes += frame.remaining();
    if (!inTurn) {
      inTurn = true;
      transport.queue().add(this);
    }
    return number;
  }

  private static void checkLength(ByteBuffer frame, int limit) {
    if (frame.remaining() > limit) {
      throw new IllegalArgumentException(
          "a frame of " + frame.remaining() + " bytes is over the limit of " + limit);
    }
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  void inTurn(boolean comesInTurn) {
    inTurn = comesInTurn;
  }

  /** Hands the next chunk to the host's uplink; false if there is none. */
  boolean handOverNext() {
    if (waiting.isEmpty()) {
      return false;
    }
    long number = waiting.keySet().iterator().next();
    Transfer next = take(number);
    int bytes = next.frame().remaining();
    if (next.deadlineMicros() < transport.loop().nowMicros()) {
      endLater(number);
      return false;
    }
    handedOver.add(number);
    transport.countSent(bytes);
    connection().sendChunk(number, bytes, bytes, 0, next.deadlineMicros(), next.frame());
    return true;
  }

  private Transfer take(long number) {
    Transfer taken = waiting.remove(number);
    if (taken == null) {
      throw new IllegalStateException("transfer " + number + " does not wait");
    }
    waitingBytes -= taken.frame().remaining();
    return taken;
  }

  @Override
  public void cancel(long transfer) {
    if (waiting.containsKey(transfer)) {
      take(transfer);
      endLater(transfer);
    } else if (handedOver.contains(transfer)) {
      connection().cancel(transfer);
    }
  }

  private void endLater(long transfer) {
    transport
        .loop()
        .execute(
            () -> {
              if (state == State.OPEN) {
                call(() -> handler().transferEnded(transfer, TransferOutcome.CANCELLED));
              }
            });
  }

  @Override
  public boolean trusts(SimConnection dialled) {
    Object identity = dialled.remote().identity();
    return identity instanceof PeerId && (expected == null || expected.equals(identity));
  }

  @Override
  public void opened(SimConnection opened) {
    connection = opened;
    if (handler == null) {
      handler = transport.admit(this);
    }
    if (handler == null) {
      state = State.TOLD;
      opened.close(CloseReason.BUSY);
      return;
    }
    state = State.OPEN;
    call(() -> handler().opened(this));
  }

  @Override
  public void control(SimConnection from, Object frame) {
    ByteBuffer own = copy(frame);
    if (accepts(own, transport.limits().controlFrameBytes())) {
      call(() -> handler().control(own));
    }
  }

  @Override
  public void chunk(SimConnection from, Object frame) {
    ByteBuffer own = copy(frame);
    if (accepts(own, transport.limits().chunkFrameBytes())) {
      call(() -> handler().chunk(own));
    }
  }

  /** Whoever receives may keep and change what it got; whoever sent shares it with others. */
  private static ByteBuffer copy(Object frame) {
    ByteBuffer shared = ((ByteBuffer) frame).duplicate();
    byte[] bytes = new byte[shared.remaining()];
    shared.get(bytes);
    return ByteBuffer.wrap(bytes);
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
  public void transferEnded(SimConnection on, long transfer, TransferOutcome outcome) {
    if (handedOver.remove(transfer)) {
      transport.queue().left(1);
      if (state == State.OPEN) {
        call(() -> handler().transferEnded(transfer, outcome));
      }
    }
  }

  @Override
  public void closed(SimConnection closed, CloseReason why) {
    if (handler == null) {
      state = State.TOLD;
    } else if (shut(why)) {
      transport.simLoop().enter(this::tellClosed);
    }
  }

  @Override
  public void close(CloseReason why) {
    if (shut(why)) {
      connection().close(why);
      transport.loop().execute(this::tellClosed);
    }
  }

  /** Closes, and tells the handler at once, because the loop may not be driven any more. */
  void closeWithEndpoint() {
    if (shut(CloseReason.LEAVING)) {
      connection().close(CloseReason.LEAVING);
    }
    tellClosed();
  }

  /** Ends what goes on here; false if it has ended before. */
  private boolean shut(CloseReason why) {
    if (state == State.CLOSED || state == State.TOLD) {
      return false;
    }
    state = State.CLOSED;
    reason = why;
    waiting.clear();
    waitingBytes = 0;
    int unfinished = handedOver.size();
    handedOver.clear();
    transport.queue().left(unfinished);
    return true;
  }

  private void tellClosed() {
    if (state == State.TOLD) {
      return;
    }
    state = State.TOLD;
    transport.forget(this);
    try {
      handler().closed(reason);
    } catch (RuntimeException | Error e) {
      LOG.error("a handler threw when it was told that its connection is closed", e);
    }
  }

  private void call(Runnable callback) {
    try {
      transport.simLoop().enter(callback);
    } catch (RuntimeException | Error e) {
      LOG.error("a connection is closed because its handler threw", e);
      close(CloseReason.PROTOCOL_ERROR);
    }
  }
}
