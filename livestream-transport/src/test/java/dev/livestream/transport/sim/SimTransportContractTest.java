package dev.livestream.transport.sim;

import dev.livestream.transport.TransportContractTest;
import dev.livestream.transport.TransportHarness;

/** The simulated network keeps the contract of every transport. */
final class SimTransportContractTest extends TransportContractTest {
  @Override
  protected TransportHarness harness() {
    return new SimHarness(SimNetworkConfig.DEFAULT, 1_250_000, 2_500_000);
  }
}
