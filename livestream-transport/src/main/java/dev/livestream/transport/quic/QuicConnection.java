package dev.livestream.transport.quic;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Connection;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.ConnectionStats;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from the first datagram to the last callback.
 *
 * <p>It is opening until both the handshake is complete and the control stream is there; then open;
 * then closed, once, whatever the cause. Closing is reported in a task of its own, because the
 * cause may be a call from the very handler that is told.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are heard where they matter.
final class QuicConnection implements Connection {
  private final Endpoint endpoint;
  private final PeerCheck check;
  private final boolean outgoing;
  private final long startedMicros;
  private final Set<ChunkReceiver> unfinished = new LinkedHashSet<>();
  private final EndedTransfers ended;
  private final PathStats path = new PathStats();

  private State state = State.OPENING;
  private @Nullable ConnectionHandler handler;
  private @Nullable QuicChannel channel;
  private @Nullable ControlStream control;
  private @Nullable ChunkSender chunks;
  private @Nullable PeerAddress address;
  private Runnable handshakeOver = () -> {};
  private long activeMicros;
  private int resets;

  private enum State {
    OPENING,
    OPEN,
    CLOSED
  }

  /** A connection that is opened here, for a handler. */
  static QuicConnection outgoing(Endpoint endpoint, PeerCheck check, ConnectionHandler handler) {
    QuicConnection connection = new QuicConnection(endpoint, check, true);
    connection.handler = handler;
    endpoint.connections().add(connection);
    return connection;
  }

  /** A connection that another peer opens; it gets its handler when it is open. */
  static QuicConnection incoming(Endpoint endpoint, PeerCheck check, Runnable handshakeOver) {
    QuicConnection connection = new QuicConnection(endpoint, check, false);
    connection.handshakeOver = handshakeOver;
    endpoint.connections().add(connection);
    return connection;
  }

  private QuicConnection(Endpoint endpoint, PeerCheck check, boolean outgoing) {
    this.endpoint = endpoint;
    this.check = check;
    this.outgoing = outgoing;
    this.ended = new EndedTransfers(endpoint.loop()::execute, this::transferEnded);
    this.startedMicros = endpoint.loop().nowMicros();
    this.activeMicros = startedMicros;
  }

  PeerCheck check() {
    return check;
  }

  boolean closed() {
    return state == State.CLOSED;
  }

  // ---- From the handshake to open

  /** The QUIC channel exists; nobody is authenticated yet. */
  void attach(QuicChannel quic) {
    channel = quic;
    quic.closeFuture().addListener(done -> channelClosed(quic.isTimedOut()));
  }

  /** Both sides have proved who they are. */
  void handshakeDone() {
    QuicChannel quic = channel;
    if (state != State.OPENING || quic == null) {
      return;
    }
    if (check.peer() == null) {
      misbehaved("no certificate");
    } else if (outgoing) {
      openControl(quic);
    }
  }

  private void openControl(QuicChannel quic) {
    ChannelInitializer<QuicStreamChannel> setup =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(QuicStreamChannel stream) {
            StreamSetup.apply(stream);
            controlArrived(stream);
          }
        };
    quic.createStream(QuicStreamType.BIDIRECTIONAL, setup)
        .addListener(
            created -> {
              if (!created.isSuccess()) {
                misbehaved("no control stream is allowed");
              }
            });
  }

  /** The control stream has come into being; its handler says when it can be used. */
  void controlArrived(QuicStreamChannel stream) {
    if (control != null || check.peer() == null) {
      misbehaved("a second control stream");
      return;
    }
    ControlStream created = new ControlStream(this, stream, endpoint.limits().controlFrameBytes());
    control = created;
    stream.pipeline().addLast(created);
  }

  void controlReady(ControlStream ready) {
    QuicChannel quic = channel;
    if (state != State.OPENING || quic == null) {
      return;
    }
    if (outgoing) {
      // The other side learns of the stream only by what comes on it.
      ready.send(ByteBuffer.allocate(0));
    } else if (!adopt()) {
      return;
    }
    address = address(quic);
    chunks = new ChunkSender(quic, endpoint.loop(), ended::add);
    state = State.OPEN;
    handshakeOver.run();
    endpoint.connections().opened();
    activeMicros = endpoint.loop().nowMicros();
    tell(target -> target.opened(this));
  }

  private boolean adopt() {
    try {
      handler = endpoint.incoming().get();
      return true;
    } catch (RuntimeException | Error e) {
      endpoint.complaints().warn("there is no handler for an incoming connection", e);
      close(CloseReason.BUSY);
      return false;
    }
  }

  /** The other side moved, or something between us did. */
  void moved() {
    QuicChannel quic = channel;
    if (quic != null && state == State.OPEN) {
      address = address(quic);
    }
  }

  private static PeerAddress address(QuicChannel quic) {
    return Addresses.of((InetSocketAddress) quic.remoteSocketAddress());
  }

  // ---- What comes in

  void controlReceived(ByteBuffer frame) {
    activeMicros = endpoint.loop().nowMicros();
    if (state == State.OPEN && frame.hasRemaining()) {
      tell(target -> target.control(frame));
    }
  }

  /** A chunk's stream has come into being. */
  ChunkReceiver chunkBegins() {
    ChunkReceiver receiver =
        new ChunkReceiver(this, endpoint.limits().chunkFrameBytes(), endpoint.loop().nowMicros());
    unfinished.add(receiver);
    return receiver;
  }

  /** A chunk's stream has ended; without a frame if the sender has given it up. */
  void chunkEnded(ChunkReceiver receiver, @Nullable ByteBuffer frame) {
    unfinished.remove(receiver);
    activeMicros = endpoint.loop().nowMicros();
    if (state == State.OPEN && frame != null) {
      tell(target -> target.chunk(frame));
    }
  }

  /** Chunks that have begun to come and not ended; for tests. */
  int unfinishedChunks() {
    return unfinished.size();
  }

  void chunkReset(ChunkReceiver receiver) {
    unfinished.remove(receiver);
    if (++resets > QuicSettings.STREAM_RESETS) {
      misbehaved("too many streams were reset");
    }
  }

  /** The other side allows more streams than before. */
  void creditChanged() {
    ChunkSender sender = chunks;
    if (sender != null) {
      sender.pump();
    }
  }

  /** The peer is to blame. */
  void misbehaved(@Nullable String what) {
    if (state != State.CLOSED) {
      endpoint.complaints().debug("a peer broke the protocol", String.valueOf(what));
      close(CloseReason.PROTOCOL_ERROR);
    }
  }

  // ---- What goes out

  @Override
  public void sendControl(ByteBuffer frame) {
    checkSize(frame, endpoint.limits().controlFrameBytes());
    ControlStream stream = control;
    if (state != State.OPEN || stream == null) {
      return;
    }
    activeMicros = endpoint.loop().nowMicros();
    stream.send(frame);
    if (stream.overfull()) {
      endpoint.complaints().debug("a peer takes no control frames any more", remoteId());
      close(CloseReason.LOST);
    }
  }

  @Override
  public long sendChunk(ByteBuffer frame, long deadlineMicros) {
    checkSize(frame, endpoint.limits().chunkFrameBytes());
    ChunkSender sender = chunks;
    if (state != State.OPEN || sender == null) {
      return -1;
    }
    activeMicros = endpoint.loop().nowMicros();
    return sender.send(frame, deadlineMicros);
  }

  private static void checkSize(ByteBuffer frame, int limit) {
    if (frame.remaining() > limit) {
      throw new IllegalArgumentException(
          "the frame has " + frame.remaining() + " bytes; at most " + limit + " are allowed");
    }
  }

  @Override
  public void cancel(long transfer) {
    ChunkSender sender = chunks;
    if (state == State.OPEN && sender != null) {
      sender.cancel(transfer);
    }
  }

  private void transferEnded(long transfer, TransferOutcome outcome) {
    if (state == State.OPEN) {
      tell(target -> target.transferEnded(transfer, outcome));
    }
  }

  // ---- Time

  /** Called several times in every keep-alive interval. */
  void sweep(long nowMicros) {
    if (state == State.OPENING) {
      if (nowMicros - startedMicros > Durations.micros(QuicSettings.HANDSHAKE_TIMEOUT)) {
        close(outgoing ? CloseReason.UNREACHABLE : CloseReason.DONE);
      }
      return;
    }
    ControlStream stream = control;
    ChunkSender sender = chunks;
    if (state != State.OPEN || stream == null || sender == null) {
      return;
    }
    long idle = Durations.micros(endpoint.limits().idleTimeout());
    sender.giveUpBegunBefore(nowMicros - idle);
    if (sender.isStuckSince(nowMicros - 2 * idle)) {
      endpoint.complaints().debug("a peer takes no chunks any more", remoteId());
      close(CloseReason.LOST);
    } else if (!unfinished.isEmpty()
        && unfinished.iterator().next().begunMicros() < nowMicros - 2 * idle) {
      misbehaved("a chunk that never ends");
    } else if (nowMicros - activeMicros >= Durations.micros(endpoint.limits().keepAlive())) {
      activeMicros = nowMicros;
      stream.send(ByteBuffer.allocate(0));
    }
  }

  // ---- The end

  @Override
  public void close(CloseReason reason) {
    if (state == State.CLOSED) {
      return;
    }
    end(reason);
    if (channel != null) {
      Closing.gracefully(endpoint, channel, control, reason);
    }
  }

  /** The other side has closed, or opening has failed; the channel has no more use. */
  void failed(CloseReason reason) {
    end(reason);
    if (channel != null) {
      Closing.soon(endpoint, channel, reason);
    }
  }

  private void channelClosed(boolean timedOut) {
    if (state == State.OPENING && outgoing) {
      end(check.mismatch() ? CloseReason.WRONG_PEER : CloseReason.UNREACHABLE);
    } else {
      end(timedOut ? CloseReason.LOST : CloseReason.PROTOCOL_ERROR);
    }
  }

  private void end(CloseReason reason) {
    if (state == State.CLOSED) {
      return;
    }
    boolean wasOpen = state == State.OPEN;
    state = State.CLOSED;
    endpoint.connections().closed(this, wasOpen);
    handshakeOver.run();
    unfinished.clear();
    ended.clear();
    if (chunks != null) {
      chunks.close();
    }
    endpoint.loop().execute(() -> tell(target -> target.closed(reason)));
  }

  private void tell(Consumer<ConnectionHandler> callback) {
    ConnectionHandler target = handler;
    if (target == null) {
      return;
    }
    try {
      callback.accept(target);
    } catch (RuntimeException | Error e) {
      endpoint.complaints().warn("a connection's handler failed; the connection is closed", e);
      close(CloseReason.DONE);
    }
  }

  // ---- What is known

  @Override
  public PeerId remoteId() {
    PeerId peer = check.peer();
    if (peer == null) {
      throw new IllegalStateException("the peer is known only once the connection is open");
    }
    return peer;
  }

  @Override
  public PeerAddress remoteAddress() {
    PeerAddress known = address;
    if (known == null) {
      throw new IllegalStateException("the address is known only once the connection is open");
    }
    return known;
  }

  @Override
  public boolean outgoing() {
    return outgoing;
  }

  @Override
  public ConnectionStats stats() {
    QuicChannel quic = channel;
    ControlStream stream = control;
    ChunkSender sender = chunks;
    if (quic == null || stream == null || sender == null) {
      return new ConnectionStats(0, 0, 0);
    }
    path.refresh(quic, endpoint.loop().nowMicros());
    return new ConnectionStats(
        path.rttMicros(), stream.queuedBytes() + sender.queuedBytes(), path.heardMicros());
  }
}
