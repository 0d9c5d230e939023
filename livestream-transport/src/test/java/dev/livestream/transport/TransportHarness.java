package dev.livestream.transport;

import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What {@link TransportContractTest} needs to know of a kind of transport. Real-time transports
 * wait ({@link RealTimeHarness}); simulated ones move their virtual time on.
 */
public interface TransportHarness extends AutoCloseable {

  /** Opens an endpoint; the suite closes it. */
  Transport open(TransportConfig config, Supplier<? extends ConnectionHandler> incoming)
      throws IOException;

  /** Where endpoints of the suite listen; port 0. */
  PeerAddress listen();

  /** An address of the same kind where nobody listens. */
  PeerAddress nobody();

  /**
   * Lets time pass until the condition holds.
   *
   * @return whether it came to hold; false after so long that it never will
   */
  boolean await(BooleanSupplier condition);

  /** Releases what the harness itself holds, after all endpoints were closed. */
  @Override
  default void close() {}
}
