package dev.livestream.transport.quic;

import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.TransportConfig.Limits;
import io.netty.channel.EventLoop;
import java.util.function.Supplier;

/** What the connections of one endpoint share. */
record Endpoint(
    EventLoop eventLoop,
    NettyLoop loop,
    Limits limits,
    Supplier<? extends ConnectionHandler> incoming,
    Connections connections,
    Complaints complaints) {

  /** Whether there is no room for another connection that someone else opens. */
  boolean full() {
    return connections.liveCount() >= limits.connections();
  }
}
