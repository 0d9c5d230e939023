package dev.livestream.transport.swarm;

import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.memory.MemoryNetwork;

/** Liars within this JVM. */
final class MemoryPollutionTest extends PollutionContract {
  @Override
  TransportProvider network() {
    return new MemoryNetwork();
  }
}
