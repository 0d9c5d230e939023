package dev.livestream.transport.swarm;

import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.memory.MemoryNetwork;

/** Hostile peers within this JVM. */
final class MemoryHostileTest extends HostileContract {
  @Override
  TransportProvider network() {
    return new MemoryNetwork();
  }

  @Override
  int crowd() {
    return 400;
  }
}
