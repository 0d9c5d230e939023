package dev.livestream.transport.swarm;

import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.quic.QuicTransportProvider;

/** Liars over QUIC. */
final class QuicPollutionTest extends PollutionContract {
  @Override
  TransportProvider network() {
    return new QuicTransportProvider();
  }
}
