package dev.livestream.transport.sim;

import dev.livestream.transport.TransportContractTest;
import dev.livestream.transport.TransportHarness;

/** Loss and jitter change when things happen, not what is promised. */
final class LossySimTransportContractTest extends TransportContractTest {
  @Override
  protected TransportHarness harness() {
    SimNetworkConfig config =
        SimNetworkConfig.DEFAULT.withSeed(7).withDelay(60_000, 5_000, 0.5).withLoss(0.1, 3);
    return new SimHarness(config, 1_250_000, 2_500_000);
  }
}
