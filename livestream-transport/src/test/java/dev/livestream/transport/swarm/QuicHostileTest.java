package dev.livestream.transport.swarm;

import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.quic.QuicTransportProvider;

/** Hostile peers over QUIC. */
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
