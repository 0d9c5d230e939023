package dev.livestream.transport.quic;

import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportProvider;
import io.netty.handler.codec.quic.Quic;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * The default network: QUIC over UDP, one socket per endpoint for both roles, every connection
 * secured with mutual TLS 1.3.
 *
 * <p>All endpoints of a JVM share one or two daemon threads, however many connections they have.
 * Native code is used for Linux, macOS and Windows on the usual processors; where there is none,
 * {@link #open} says so.
 */
public final class QuicTransportProvider implements TransportProvider {
  private static final int PRIORITY = 100;

  /** Makes the provider; called by {@link java.util.ServiceLoader}. */
  public QuicTransportProvider() {}

  /** {@code quic}. */
  @Override
  public String name() {
    return "quic";
  }

  /** 100: chosen unless the program or a provider of its own says otherwise. */
  @Override
  public int priority() {
    return PRIORITY;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Blocks until the socket is bound; not to be called on a loop.
   */
  @Override
  public Transport open(TransportConfig config, Supplier<? extends ConnectionHandler> incoming)
      throws IOException {
    if (!Quic.isAvailable()) {
      throw new IOException(
          "QUIC is not available on this platform: " + Quic.unavailabilityCause().getMessage());
    }
    return QuicTransport.open(config, incoming);
  }
}
