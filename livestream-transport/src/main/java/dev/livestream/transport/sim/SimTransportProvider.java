package dev.livestream.transport.sim;

import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportProvider;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Opens endpoints of a {@link SimNetwork}, each on a host of its own unless told otherwise.
 *
 * <p>A simulated host has one address. Who wants to listen everywhere ({@code 0.0.0.0} or {@code
 * ::}) gets it; any other address is taken as it is.
 */
public final class SimTransportProvider implements TransportProvider {
  private static final Set<String> EVERY_HOST = Set.of("0.0.0.0", "::");
  private static final int FIRST_FREE_PORT = 49_152;
  private static final int LAST_PORT = 65_535;

  private final SimNetwork network;
  private final double upBytesPerSecond;
  private final double downBytesPerSecond;

  /** Makes a provider whose hosts all have links of the same rates, in bytes per second. */
  public SimTransportProvider(
      SimNetwork network, double upBytesPerSecond, double downBytesPerSecond) {
    this.network = network;
    this.upBytesPerSecond = upBytesPerSecond;
    this.downBytesPerSecond = downBytesPerSecond;
  }

  @Override
  public String name() {
    return "sim";
  }

  /** Lower than any network that reaches further. */
  @Override
  public int priority() {
    return Integer.MIN_VALUE;
  }

  @Override
  public SimTransport open(TransportConfig config, Supplier<? extends ConnectionHandler> incoming)
      throws IOException {
    return open(network.addHost(upBytesPerSecond, downBytesPerSecond), config, incoming);
  }

  /** Opens an endpoint on a host that exists. */
  public SimTransport open(
      SimHost host, TransportConfig config, Supplier<? extends ConnectionHandler> incoming)
      throws IOException {
    PeerAddress address = freeAddress(host, config.listen());
    return new SimTransport(network, host, config, address, incoming);
  }

  private PeerAddress freeAddress(SimHost host, PeerAddress wanted) throws IOException {
    String name = EVERY_HOST.contains(wanted.host()) ? addressOf(host) : wanted.host();
    if (wanted.port() != 0) {
      PeerAddress address = new PeerAddress(name, wanted.port());
      if (network.endpoint(address) != null) {
        throw new IOException("the address " + address + " is already in use");
      }
      return address;
    }
    for (int port = FIRST_FREE_PORT; port <= LAST_PORT; port++) {
      PeerAddress address = new PeerAddress(name, port);
      if (network.endpoint(address) == null) {
        return address;
      }
    }
    throw new IOException("no port is free at " + name);
  }

  private static String addressOf(SimHost host) {
    int id = host.id();
    return "10." + (id >>> 16 & 0xff) + "." + (id >>> 8 & 0xff) + "." + (id & 0xff);
  }
}
