package dev.livestream.transport.swarm;

import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.quic.QuicTransportProvider;
import org.junit.jupiter.api.Tag;

/** A swarm over QUIC keeps every promise. */
@Tag("long")
final class QuicSwarmTest extends SwarmContract {
  @Override
  TransportProvider network() {
    return new QuicTransportProvider();
  }
}
