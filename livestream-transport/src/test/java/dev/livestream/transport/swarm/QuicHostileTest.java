package dev.livestream.transport.swarm;

import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.quic.QuicTransportProvider;
import org.junit.jupiter.api.Tag;

/** Hostile peers over QUIC. */
@Tag("long")
final class QuicHostileTest extends HostileContract {
  @Override
  TransportProvider network() {
    return new QuicTransportProvider();
  }

  @Override
  int crowd() {
    return 140;
  }
}
