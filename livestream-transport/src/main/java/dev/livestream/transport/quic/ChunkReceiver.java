package dev.livestream.transport.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicStreamFrame;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One incoming unidirectional stream: one chunk frame, whole or not at all. A stream that ends
 * before its frame does, or is reset, is a chunk that its sender has given up.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are heard where they matter.
final class ChunkReceiver extends ChannelInboundHandlerAdapter {
  private final QuicConnection connection;
  private final FrameAssembler assembler;
  private final long begunMicros;
  private @Nullable ByteBuffer whole;

  ChunkReceiver(QuicConnection connection, int frameLimit, long nowMicros) {
    this.connection = connection;
    this.assembler = new FrameAssembler(frameLimit);
    this.begunMicros = nowMicros;
  }

  long begunMicros() {
    return begunMicros;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    QuicStreamFrame piece = (QuicStreamFrame) message;
    try {
      if (whole == null) {
        whole = assembler.feed(piece.content());
      }
      if (piece.content().isReadable()) {
        throw new FramingException("a chunk stream longer than its frame");
      }
      if (piece.hasFin()) {
        ByteBuffer frame = whole;
        whole = null;
        connection.chunkEnded(this, frame);
        ctx.close();
      }
    } catch (FramingException e) {
      connection.misbehaved(e.getMessage());
    } finally {
      piece.release();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    connection.chunkReset(this);
    ctx.close();
  }
}
