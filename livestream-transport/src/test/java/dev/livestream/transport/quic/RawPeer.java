package dev.livestream.transport.quic;

import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.PeerAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A client that speaks QUIC and TLS well, and what comes on its streams as it pleases. */
final class RawPeer implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CompletableFuture<QuicConnectionCloseEvent> closed = new CompletableFuture<>();
  private final QuicChannel quic;

  RawPeer(PeerAddress to) {
    this(to, builder -> builder);
  }

  RawPeer(PeerAddress to, Function<QuicClientCodecBuilder, QuicClientCodecBuilder> change) {
    PeerTls tls = new PeerTls(PeerIdentity.generate());
    Channel socket =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(
                change
                    .apply(
                        new QuicClientCodecBuilder()
                            .sslEngineProvider(
                                channel -> tls.open(channel.alloc(), new PeerCheck(null)))
                            .maxIdleTimeout(20, TimeUnit.SECONDS)
                            .initialMaxData(1 << 20)
                            .initialMaxStreamDataBidirectionalLocal(1 << 16)
                            .initialMaxStreamDataUnidirectional(1 << 16)
                            .initialMaxStreamsUnidirectional(100))
                    .build())
            .bind(Peers.socket("127.0.0.1", 0))
            .syncUninterruptibly()
            .channel();
    quic =
        QuicChannel.newBootstrap(socket)
            .handler(new CloseListener())
            .streamHandler(SilentHandler.INSTANCE)
            .remoteAddress(Peers.socket(to.host(), to.port()))
            .connect()
            .syncUninterruptibly()
            .getNow();
  }

  /** What the other side said when it closed the connection. */
  CompletableFuture<QuicConnectionCloseEvent> closed() {
    return closed;
  }

  QuicStreamChannel stream(QuicStreamType type) {
    return quic.createStream(type, SilentHandler.INSTANCE).syncUninterruptibly().getNow();
  }

  /** Opens the control stream as a good client does. */
  QuicStreamChannel control() {
    QuicStreamChannel control = stream(QuicStreamType.BIDIRECTIONAL);
    write(control, false, 0);
    return control;
  }

  /** Writes bytes to a stream, and ends it if asked to; in vain if the connection is closed. */
  static void write(QuicStreamChannel stream, boolean end, int... octets) {
    ByteBuf bytes = Unpooled.buffer();
    for (int octet : octets) {
      bytes.writeByte(octet);
    }
    stream.writeAndFlush(new DefaultQuicStreamFrame(bytes, end)).awaitUninterruptibly();
  }

  /** Sends an empty frame without waiting. */
  static void keepAlive(QuicStreamChannel control) {
    ChannelFuture unused =
        control.writeAndFlush(
            new DefaultQuicStreamFrame(Unpooled.wrappedBuffer(new byte[1]), false));
  }

  /** Begins a chunk and resets its stream, unless the connection is closed meanwhile. */
  void beginAndResetChunk() {
    Future<QuicStreamChannel> created =
        quic.createStream(QuicStreamType.UNIDIRECTIONAL, SilentHandler.INSTANCE)
            .awaitUninterruptibly();
    if (created.isSuccess()) {
      QuicStreamChannel stream = created.getNow();
      write(stream, false, 100, 1, 2, 3);
      stream.shutdownOutput(7).awaitUninterruptibly();
    }
  }

  /** Whether the other side allows one more chunk stream. */
  boolean mayOpenStream() {
    return quic.peerAllowedStreams(QuicStreamType.UNIDIRECTIONAL) > 0;
  }

  private final class CloseListener extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof QuicConnectionCloseEvent close) {
        closed.complete(close);
      }
      ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // What the other side does about this peer's behaviour is what the tests look at.
    }
  }

  @Override
  public void close() {
    quic.close().syncUninterruptibly();
    quic.parent().close().syncUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
