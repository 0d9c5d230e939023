package dev.livestream.transport.quic;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The end of a pipeline that has no other handler for errors. Netty warns of whatever gets past the
 * last handler, and what comes from the network must not write into anybody's log.
 */
@Sharable
final class ErrorSink extends ChannelInboundHandlerAdapter {
  private final Complaints complaints;

  ErrorSink(Complaints complaints) {
    this.complaints = complaints;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    complaints.debug("an error on a socket or a connection that nobody has", cause);
  }
}
