package dev.livestream.transport.memory;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.ConnectionHandler;
import dev.livestream.spi.Loop;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportStats;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An endpoint of a {@link MemoryNetwork}. Both ends of its connections live on the one loop. */
final class MemoryTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryTransport.class);

  private final MemoryNetwork network;
  private final TransportConfig config;
  private final PeerAddress address;
  private final MemoryLoop loop;
  private final Supplier<? extends ConnectionHandler> incoming;

  private final Set<ConnectionHandler> connecting = new LinkedHashSet<>();
  private final Set<MemoryConnection> open = new LinkedHashSet<>();
  private boolean shut;

  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder framesSent = new LongAdder();
  private final LongAdder framesReceived = new LongAdder();

  MemoryTransport(
      MemoryNetwork network,
      TransportConfig config,
      PeerAddress address,
      MemoryLoop loop,
      Supplier<? extends ConnectionHandler> incoming) {
    this.network = network;
    this.config = config;
    this.address = address;
    this.loop = loop;
    this.incoming = incoming;
  }

  @Override
  public PeerId localId() {
    return config.identity().id();
  }

  @Override
  public PeerAddress localAddress() {
    return address;
  }

  @Override
  public Loop loop() {
    return loop;
  }

  TransportConfig.Limits limits() {
    return config.limits();
  }

  @Override
  public void connect(PeerAddress to, @Nullable PeerId expected, ConnectionHandler handler) {
    long began = loop.nowMicros();
    connecting.add(handler);
    loop.execute(
        () -> {
          if (connecting.remove(handler)) {
            establish(to, expected, handler, began);
          }
        });
  }

  private void establish(
      PeerAddress to, @Nullable PeerId expected, ConnectionHandler handler, long began) {
    MemoryTransport listener = shut ? null : network.at(to);
    if (listener == null) {
      refuse(handler, CloseReason.UNREACHABLE);
      return;
    }
    if (expected != null && !expected.equals(listener.localId())) {
      refuse(handler, CloseReason.WRONG_PEER);
      return;
    }
    if (listener.open.size() >= listener.limits().connections()) {
      refuse(handler, CloseReason.BUSY);
      return;
    }
    ConnectionHandler accepting = listener.accept();
    if (accepting == null) {
      refuse(handler, CloseReason.BUSY);
      return;
    }
    long rtt = Math.max(1, loop.nowMicros() - began);
    MemoryConnection near = new MemoryConnection(this, listener, handler, to, true, rtt, loop);
    MemoryConnection far =
        new MemoryConnection(
            listener, this, accepting, MemoryNetwork.source(address), false, rtt, loop);
    near.pair(far);
    far.pair(near);
    add(near);
    listener.add(far);
    far.open();
    near.open();
  }

  private @Nullable ConnectionHandler accept() {
    try {
      return incoming.get();
    } catch (RuntimeException e) {
      LOG.error("no handler for an incoming connection", e);
      return null;
    }
  }

  private static void refuse(ConnectionHandler handler, CloseReason reason) {
    try {
      handler.closed(reason);
    } catch (RuntimeException | Error e) {
      LOG.error("a handler threw when it was told that its connection is closed", e);
    }
  }

  private void add(MemoryConnection connection) {
    open.add(connection);
    connections.set(open.size());
  }

  void remove(MemoryConnection connection) {
    open.remove(connection);
    connections.set(open.size());
  }

  void countSent(int bytes) {
    framesSent.increment();
    bytesSent.add(bytes);
  }

  void countReceived(int bytes) {
    framesReceived.increment();
    bytesReceived.add(bytes);
  }

  /** Frames count as datagrams, since nothing smaller exists here. */
  @Override
  public TransportStats stats() {
    return new TransportStats(
        bytesSent.sum(),
        bytesReceived.sum(),
        framesSent.sum(),
        framesReceived.sum(),
        0,
        connections.get());
  }

  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      loop.execute(this::shutDown);
    }
    closed.join();
  }

  private void shutDown() {
    shut = true;
    for (ConnectionHandler handler : List.copyOf(connecting)) {
      connecting.remove(handler);
      refuse(handler, CloseReason.LEAVING);
    }
    for (MemoryConnection connection : List.copyOf(open)) {
      connection.closeWithEndpoint();
    }
    network.release(this);
    closed.complete(null);
  }
}
