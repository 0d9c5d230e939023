package dev.livestream.transport.quic;

import dev.livestream.spi.CloseReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicPathEvent;
import io.netty.handler.codec.quic.QuicStreamLimitChangedEvent;

/** Passes what happens on a QUIC channel to its connection. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are heard where they matter.
final class ChannelEvents extends ChannelInboundHandlerAdapter {
  private final QuicConnection connection;
  private final Complaints complaints;

  ChannelEvents(QuicConnection connection, Complaints complaints) {
    this.connection = connection;
    this.complaints = complaints;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().attr(StreamSetup.CONNECTION).set(connection);
    connection.attach((QuicChannel) ctx.channel());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    connection.handshakeDone();
    ctx.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof QuicConnectionCloseEvent close) {
      CloseReason reason = CloseReasons.of(close);
      // Later, because stream data that came before the close may not have been read yet.
      ctx.executor().execute(() -> connection.failed(reason));
    } else if (event instanceof QuicStreamLimitChangedEvent) {
      connection.creditChanged();
    } else if (event instanceof QuicPathEvent.PeerMigrated) {
      connection.moved();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // What ends the connection is seen when it closes; the rest is for the QUIC library to handle.
    complaints.debug("a QUIC error", cause);
  }
}
