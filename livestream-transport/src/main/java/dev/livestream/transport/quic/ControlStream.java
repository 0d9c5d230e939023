package dev.livestream.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamPriority;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one bidirectional stream of a connection, opened by the client: control frames in order, both
 * ways. An empty frame says only that its sender lives.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are heard where they matter.
final class ControlStream extends ChannelInboundHandlerAdapter {
  /** Before all chunks; QUIC's urgency counts downwards. */
  private static final QuicStreamPriority FIRST = new QuicStreamPriority(0, false);

  private final QuicConnection connection;
  private final QuicStreamChannel stream;
  private final FrameAssembler assembler;
  private final long queueLimit;
  private long queuedBytes;
  private @Nullable Runnable whenDrained;

  ControlStream(QuicConnection connection, QuicStreamChannel stream, int frameLimit) {
    this.connection = connection;
    this.stream = stream;
    this.assembler = new FrameAssembler(frameLimit);
    this.queueLimit = (long) QuicSettings.QUEUED_CONTROL_FRAMES * frameLimit;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    stream.updatePriority(FIRST);
    connection.controlReady(this);
    ctx.fireChannelActive();
  }

  /** Whether so much is waiting that the peer, or the path to it, has stopped taking anything. */
  boolean overfull() {
    return queuedBytes > queueLimit;
  }

  void send(ByteBuffer frame) {
    ByteBuf encoded = Framing.encode(stream.alloc(), frame);
    int bytes = encoded.readableBytes();
    queuedBytes += bytes;
    stream
        .writeAndFlush(encoded)
        .addListener(
            written -> {
              queuedBytes -= bytes;
              Runnable drained = whenDrained;
              if (drained != null && queuedBytes == 0) {
                whenDrained = null;
                drained.run();
              }
            });
  }

  long queuedBytes() {
    return queuedBytes;
  }

  /** Runs an action once everything sent has been handed over, at once if it has been already. */
  void whenDrained(Runnable action) {
    if (queuedBytes == 0) {
      action.run();
    } else {
      whenDrained = action;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    QuicStreamFrame piece = (QuicStreamFrame) message;
    try {
      while (piece.content().isReadable()) {
        ByteBuffer frame = assembler.feed(piece.content());
        if (frame != null) {
          connection.controlReceived(frame);
        }
      }
      if (piece.hasFin()) {
        connection.misbehaved("the control stream was ended");
      }
    } catch (FramingException e) {
      connection.misbehaved(e.getMessage());
    } finally {
      piece.release();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    connection.misbehaved("the control stream was reset");
  }
}
