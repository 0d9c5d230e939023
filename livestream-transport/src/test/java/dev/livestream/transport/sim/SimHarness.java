package dev.livestream.transport.sim;

import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportConfig;
import dev.livestream.transport.TransportHarness;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting is running the next event; what has not come after an hour will never come. */
final class SimHarness implements TransportHarness {
  private static final long START = 1_700_000_000_000_000L;
  private static final long PATIENCE = 3_600_000_000L;

  private final VirtualTime time = new VirtualTime(START);
  private final SimNetwork network;
  private final SimTransportProvider provider;

  SimHarness(SimNetworkConfig config, double upBytesPerSecond, double downBytesPerSecond) {
    network = new SimNetwork(config, time);
    provider = new SimTransportProvider(network, upBytesPerSecond, downBytesPerSecond);
  }

  SimNetwork network() {
    return network;
  }

  VirtualTime time() {
    return time;
  }

  @Override
  public SimTransport open(TransportConfig config, Supplier<? extends ConnectionHandler> incoming)
      throws IOException {
    return provider.open(config, incoming);
  }

  @Override
  public PeerAddress listen() {
    return new PeerAddress("0.0.0.0", 0);
  }

  @Override
  public PeerAddress nobody() {
    return new PeerAddress("10.255.255.255", 9);
  }

  @Override
  public boolean await(BooleanSupplier condition) {
    long end = time.nowMicros() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (time.nowMicros() > end || !time.step()) {
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  /** Lets virtual time pass. */
  void advance(long micros) {
    time.runUntil(time.nowMicros() + micros);
  }

  /** Whatever a test did, no byte was made or went missing. */
  @Override
  public void close() {
    network.verifyConservation();
  }
}
