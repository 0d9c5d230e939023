package dev.livestream.transport.swarm;

import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.quic.QuicTransportProvider;

/** A swarm over QUIC keeps every promise. */
final class QuicSwarmTest extends SwarmContract {
  @Override
  TransportProvider network() {
    return new QuicTransportProvider();
  }
}
