package dev.livestream.transport.quic;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.AttributeKey;

/** Prepares the streams that the other side opens: chunks, and at the server the control stream. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are heard where they matter.
final class StreamSetup extends ChannelInitializer<QuicStreamChannel> {
  /** Finds the connection of a QUIC channel. */
  static final AttributeKey<QuicConnection> CONNECTION =
      AttributeKey.valueOf(QuicConnection.class, "connection");

  /** More than a datagram brings; streams are read as datagrams come. */
  private static final int READ_BYTES = 4 * 1024;

  /** Has stream data read with its end mark, in pieces of a fixed size. */
  static void apply(QuicStreamChannel stream) {
    stream.config().setReadFrames(true);
    stream.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
  }

  @Override
  protected void initChannel(QuicStreamChannel stream) {
    QuicConnection connection = stream.parent().attr(CONNECTION).get();
    apply(stream);
    if (connection == null || connection.closed()) {
      stream.pipeline().addLast(SilentHandler.INSTANCE);
      stream.close();
    } else if (stream.type() == QuicStreamType.UNIDIRECTIONAL) {
      stream.pipeline().addLast(connection.chunkBegins());
    } else {
      connection.controlArrived(stream);
    }
  }
}
