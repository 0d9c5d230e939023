package dev.livestream.transport.quic;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The end of a pipeline whose failures are told elsewhere, by the future of a write, or not wanted.
 */
@Sharable
final class SilentHandler extends ChannelInboundHandlerAdapter {
  static final SilentHandler INSTANCE = new SilentHandler();

  private SilentHandler() {}

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
}
