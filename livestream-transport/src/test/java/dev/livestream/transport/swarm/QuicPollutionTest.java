package dev.livestream.transport.swarm;

import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.quic.QuicTransportProvider;
import org.junit.jupiter.api.Tag;

/** Liars over QUIC. */
@Tag("long")
final class QuicPollutionTest extends PollutionContract {
  @Override
  TransportProvider network() {
    return new QuicTransportProvider();
  }
}
