package dev.livestream.fake;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.Loop;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportProvider;
import dev.livestream.spi.TransportStats;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Endpoints that share a loop and a latency. Nothing is lost, and nothing is limited. */
public final class FakeNetwork implements TransportProvider {
  private final Loop loop;
  private final long latencyMicros;
  private final Map<PeerAddress, Endpoint> endpoints = new LinkedHashMap<>();
  private int nextPort = 1_000;

  /** A network with nobody on it. */
  public FakeNetwork(Loop loop, long latencyMicros) {
    this.loop = loop;
    this.latencyMicros = latencyMicros;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public synchronized Endpoint open(
      TransportConfig config, Supplier<? extends ConnectionHandler> incoming) throws IOException {
    int port = config.listen().port() == 0 ? nextPort++ : config.listen().port();
    PeerAddress bound = new PeerAddress(config.listen().host(), port);
    PeerAddress reached = new PeerAddress("127.0.0.1", port);
    if (endpoints.containsKey(reached)) {
      throw new IOException("The address " + bound + " is in use.");
    }
    Endpoint endpoint = new Endpoint(config.identity().id(), bound, reached, incoming);
    endpoints.put(reached, endpoint);
    return endpoint;
  }

  private synchronized Endpoint at(PeerAddress address) {
    return endpoints.get(new PeerAddress("127.0.0.1", address.port()));
  }

  private synchronized void remove(Endpoint endpoint) {
    endpoints.remove(endpoint.reached, endpoint);
  }

  Loop loop() {
    return loop;
  }

  long latencyMicros() {
    return latencyMicros;
  }

  /** One endpoint. */
  public final class Endpoint implements Transport {
    private final PeerId id;
    private final PeerAddress bound;
    private final PeerAddress reached;
    private final Supplier<? extends ConnectionHandler> incoming;
    private final Map<FakeConnection, Boolean> connections = new LinkedHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean closed;

    Endpoint(
        PeerId id,
        PeerAddress bound,
        PeerAddress reached,
        Supplier<? extends ConnectionHandler> incoming) {
      this.id = id;
      this.bound = bound;
      this.reached = reached;
      this.incoming = incoming;
    }

    @Override
    public PeerId localId() {
      return id;
    }

    @Override
    public PeerAddress localAddress() {
      return bound;
    }

    @Override
    public Loop loop() {
      return loop;
    }

    @Override
    public void connect(PeerAddress address, PeerId expected, ConnectionHandler handler) {
      loop.schedule(
          2 * latencyMicros,
          () -> {
            Endpoint other = at(address);
            if (closed || other == null || other.closed) {
              handler.closed(CloseReason.UNREACHABLE);
            } else if (expected != null && !other.id.equals(expected)) {
              handler.closed(CloseReason.WRONG_PEER);
            } else {
              FakeConnection.open(FakeNetwork.this, this, handler, other, other.incoming.get());
            }
          });
    }

    void opened(FakeConnection connection) {
      connections.put(connection, true);
    }

    void gone(FakeConnection connection) {
      connections.remove(connection);
    }

    void sent(int bytes) {
      sent.addAndGet(bytes);
    }

    PeerAddress reached() {
      return reached;
    }

    /** Connections open now. */
    public int connections() {
      return connections.size();
    }

    @Override
    public TransportStats stats() {
      return new TransportStats(sent.get(), 0, 0, 0, 0, connections.size());
    }

    /** Vanishes without a word; the others notice when their connections are lost. */
    public void crash() {
      closed = true;
      remove(this);
      for (FakeConnection connection : connections.keySet().toArray(new FakeConnection[0])) {
        connection.crash();
      }
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      remove(this);
      CountDownLatch done = new CountDownLatch(1);
      Runnable closing =
          () -> {
            for (FakeConnection connection : connections.keySet().toArray(new FakeConnection[0])) {
              connection.close(CloseReason.LEAVING);
            }
            done.countDown();
          };
      if (loop.inLoop()) {
        closing.run();
        return;
      }
      loop.execute(closing);
      try {
        done.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
