package dev.livestream.transport.memory;

import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportProvider;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network inside this JVM. Its endpoints reach each other and nobody else: no sockets are opened,
 * nothing is lost, and nothing takes longer than the program itself.
 *
 * <pre>{@code
 * MemoryNetwork network = new MemoryNetwork();
 * Transport one = network.open(configOne, handlers);
 * Transport two = network.open(configTwo, handlers);
 * }</pre>
 *
 * <h2>Addresses</h2>
 *
 * Any host and port may be listened at, and means something inside this network only. Port 0 gives
 * a free one. Whoever listens at {@code 0.0.0.0} or {@code ::} is found under every host name. Two
 * networks never see each other, so tests that run at the same time do not either.
 *
 * <h2>Threads</h2>
 *
 * All endpoints of a network share one loop on one daemon thread. It starts with the first endpoint
 * and ends with the last, so there is nothing to close but the endpoints.
 *
 * <p>A network is chosen by handing it to the program, never found by {@link
 * java.util.ServiceLoader}: a program that cannot reach the real network should say so.
 */
public final class MemoryNetwork implements TransportProvider {
  private static final Set<String> EVERY_HOST = Set.of("0.0.0.0", "::");
  private static final String LOCAL_HOST = "127.0.0.1";
  private static final int FIRST_FREE_PORT = 49_152;
  private static final int LAST_PORT = 65_535;

  private final Map<PeerAddress, MemoryTransport> bound = new HashMap<>();
  private @Nullable MemoryLoop loop;
  private int nextPort = FIRST_FREE_PORT;

  /** Makes a network without endpoints. */
  public MemoryNetwork() {}

  @Override
  public String name() {
    return "memory";
  }

  /** Lower than any network that reaches further. */
  @Override
  public int priority() {
    return Integer.MIN_VALUE;
  }

  @Override
  public synchronized Transport open(
      TransportConfig config, Supplier<? extends ConnectionHandler> incoming) throws IOException {
    PeerAddress address = freeAddress(config.listen());
    if (loop == null) {
      loop = new MemoryLoop();
    }
    MemoryTransport transport = new MemoryTransport(this, config, address, loop, incoming);
    bound.put(address, transport);
    return transport;
  }

  private PeerAddress freeAddress(PeerAddress wanted) throws IOException {
    if (wanted.port() != 0) {
      if (bound.containsKey(wanted)) {
        throw new IOException("the address " + wanted + " is already in use");
      }
      return wanted;
    }
    for (int tries = FIRST_FREE_PORT; tries <= LAST_PORT; tries++) {
      PeerAddress candidate = new PeerAddress(wanted.host(), nextPort);
      nextPort = nextPort == LAST_PORT ? FIRST_FREE_PORT : nextPort + 1;
      if (!bound.containsKey(candidate)) {
        return candidate;
      }
    }
    throw new IOException("no port is free at " + wanted.host());
  }

  /** Who listens at an address, or null. */
  synchronized @Nullable MemoryTransport at(PeerAddress address) {
    MemoryTransport exact = bound.get(address);
    if (exact != null) {
      return exact;
    }
    for (String host : EVERY_HOST) {
      MemoryTransport everywhere = bound.get(new PeerAddress(host, address.port()));
      if (everywhere != null) {
        return everywhere;
      }
    }
    return null;
  }

  /** The address that others see the datagrams of an endpoint come from. */
  static PeerAddress source(PeerAddress local) {
    return EVERY_HOST.contains(local.host()) ? new PeerAddress(LOCAL_HOST, local.port()) : local;
  }

  /** Frees the address of an endpoint that has closed; the last one takes the loop with it. */
  synchronized void release(MemoryTransport transport) {
    bound.remove(transport.localAddress(), transport);
    if (bound.isEmpty() && loop != null) {
      loop.end();
      loop = null;
    }
  }
}
