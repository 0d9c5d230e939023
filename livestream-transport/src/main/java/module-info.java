/** How peers reach each other: QUIC, in-memory and the simulated network. */
// "requires-automatic": Netty has stable automatic module names, but no descriptors.
@SuppressWarnings("requires-automatic")
module dev.livestream.transport {
  requires static transitive org.jspecify;
  requires transitive dev.livestream.core;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.pkix;
  requires com.github.benmanes.caffeine;
  requires io.netty.common;
  requires io.netty.buffer;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires io.netty.handler;
  requires io.netty.codec.classes.quic;
  requires org.slf4j;

  exports dev.livestream.transport.quic;
  exports dev.livestream.transport.memory;
  exports dev.livestream.transport.sim;

  provides dev.livestream.spi.TransportProvider with
      dev.livestream.transport.quic.QuicTransportProvider;
}
