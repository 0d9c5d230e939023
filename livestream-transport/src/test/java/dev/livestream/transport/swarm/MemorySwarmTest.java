package dev.livestream.transport.swarm;

import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.memory.MemoryNetwork;

/** A swarm within this JVM keeps every promise. */
final class MemorySwarmTest extends SwarmContract {
  @Override
  TransportProvider network() {
    return new MemoryNetwork();
  }
}
