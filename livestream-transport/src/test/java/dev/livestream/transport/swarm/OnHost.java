package dev.livestream.transport.swarm;

import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.sim.SimHost;
import dev.livestream.transport.sim.SimTransport;
import dev.livestream.transport.sim.SimTransportProvider;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Opens endpoints on one simulated host, and remembers them. */
record OnHost(SimTransportProvider provider, SimHost host, List<SimTransport> opened)
    implements TransportProvider {
  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public int priority() {
    return provider.priority();
  }

  @Override
  public Transport open(TransportConfig config, Supplier<? extends ConnectionHandler> incoming)
      throws IOException {
    SimTransport transport = provider.open(host, config, incoming);
    opened.add(transport);
    return transport;
  }
}
