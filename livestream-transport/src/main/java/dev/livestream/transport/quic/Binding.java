package dev.livestream.transport.quic;

import dev.livestream.spi.PeerAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Opens the UDP socket of an endpoint, and says in one sentence why it cannot. */
final class Binding {
  private static final int DATAGRAMS_PER_READ = 64;
  private static final WriteBufferWaterMark UNSENT =
      new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

  private Binding() {}

  /** Binds, and returns when it is done. */
  static DatagramChannel bind(EventLoops.Lease lease, PeerAddress listen, ChannelHandler pipeline)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
    if (address.isUnresolved()) {
      throw new IOException("cannot listen on " + listen + ": the host name is unknown");
    }
    ChannelFuture bound =
        new Bootstrap()
            .group(lease.eventLoop())
            .channelFactory(lease::newSocket)
            .option(ChannelOption.SO_RCVBUF, QuicSettings.SOCKET_BUFFER_BYTES)
            .option(ChannelOption.SO_SNDBUF, QuicSettings.SOCKET_BUFFER_BYTES)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(QuicSettings.RECEIVE_BYTES)
                    .maxMessagesPerRead(DATAGRAMS_PER_READ))
            .handler(pipeline)
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + listen + ": " + why(bound.cause()), bound.cause());
    }
    return (DatagramChannel) bound.channel();
  }

  private static String why(Throwable cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("in use")) {
      return "address already in use";
    }
    if (text.contains("cannot assign") || text.contains("can't assign")) {
      return "this machine does not have that address";
    }
    if (text.contains("denied")) {
      return "permission denied";
    }
    return text;
  }
}
