package dev.livestream.transport.quic;

import dev.livestream.spi.PeerAddress;
import dev.livestream.transport.RealTimeHarness;
import dev.livestream.transport.TransportContractTest;
import dev.livestream.transport.TransportHarness;

/** QUIC does what every transport must. */
final class QuicContractTest extends TransportContractTest {
  /** The discard port: nothing on a test machine answers there. */
  private static final PeerAddress NOBODY = new PeerAddress("127.0.0.1", 9);

  @Override
  protected TransportHarness harness() {
    return new RealTimeHarness(
        new QuicTransportProvider(), new PeerAddress("127.0.0.1", 0), NOBODY);
  }
}
