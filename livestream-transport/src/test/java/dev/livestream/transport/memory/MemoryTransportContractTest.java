package dev.livestream.transport.memory;

import dev.livestream.spi.PeerAddress;
import dev.livestream.transport.RealTimeHarness;
import dev.livestream.transport.TransportContractTest;
import dev.livestream.transport.TransportHarness;

/** The memory network keeps the contract of every transport. */
final class MemoryTransportContractTest extends TransportContractTest {
  @Override
  protected TransportHarness harness() {
    return new RealTimeHarness(
        new MemoryNetwork(),
        new PeerAddress("127.0.0.1", 0),
        new PeerAddress("nobody.invalid", 4_000));
  }

  /** There is nothing below its frames that could be heard. */
  @Override
  public boolean tellsWhenItHeard() {
    return false;
  }
}
