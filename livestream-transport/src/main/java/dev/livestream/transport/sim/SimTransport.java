package dev.livestream.transport.sim;

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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An endpoint of a {@link SimNetwork}, so that a whole program above the SPI runs under virtual
 * time.
 *
 * <p>The network's configuration, not {@link TransportConfig}, says how long silence may last. One
 * connection too many is closed as {@link CloseReason#BUSY} as soon as its handshake is done.
 *
 * <p>Unlike other transports it is not thread-safe at all: everything, {@link #close} included, is
 * called by the thread that moves the virtual time on, or while that thread waits.
 */
public final class SimTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(SimTransport.class);

  private final SimNetwork network;
  private final TransportConfig config;
  private final SimLoop loop;
  private final SimEndpoint endpoint;
  private final Supplier<? extends ConnectionHandler> incoming;
  private final SimSendQueue queue = new SimSendQueue();

  private final Set<SimLink> links = new LinkedHashSet<>();
  private boolean closed;
  private long packetsSent;
  private long packetsReceived;

  SimTransport(
      SimNetwork network,
      SimHost host,
      TransportConfig config,
      PeerAddress address,
      Supplier<? extends ConnectionHandler> incoming) {
    this.network = network;
    this.config = config;
    this.loop = new SimLoop(host);
    this.incoming = incoming;
    this.endpoint = network.bind(host, address, config.identity().id(), this::accept);
  }

  /** The host it runs on. */
  public SimHost host() {
    return endpoint.host();
  }

  /**
   * Stops the host and every task of its loop, without a word to anybody: other peers find out by
   * silence.
   */
  public void crash() {
    host().crash();
    loop.halt();
    network.unbind(endpoint);
  }

  @Override
  public PeerId localId() {
    return config.identity().id();
  }

  @Override
  public PeerAddress localAddress() {
    return endpoint.address();
  }

  @Override
  public Loop loop() {
    return loop;
  }

  TransportConfig.Limits limits() {
    return config.limits();
  }

  SimSendQueue queue() {
    return queue;
  }

  @Override
  public void connect(PeerAddress address, @Nullable PeerId expected, ConnectionHandler handler) {
    SimLink link = new SimLink(this, expected, handler);
    links.add(link);
    link.dial(endpoint, address);
  }

  private @Nullable SimConnectionHandler accept(SimConnection connection) {
    return closed ? null : new SimLink(this, null, null);
  }

  /** Takes in a connection that another peer has opened, or gives null if there is no room. */
  @Nullable ConnectionHandler admit(SimLink link) {
    if (closed || openLinks() >= limits().connections()) {
      return null;
    }
    try {
      ConnectionHandler handler = incoming.get();
      links.add(link);
      return handler;
    } catch (RuntimeException e) {
      LOG.error("no handler for an incoming connection", e);
      return null;
    }
  }

  private int openLinks() {
    return (int) links.stream().filter(SimLink::isOpen).count();
  }

  /** A link has told its handler that it is closed. */
  void forget(SimLink link) {
    links.remove(link);
  }

  SimLoop simLoop() {
    return loop;
  }

  void countSent(int bytes) {
    packetsSent += packets(bytes);
  }

  void countReceived(int bytes) {
    packetsReceived += packets(bytes);
  }

  private int packets(int bytes) {
    int perPacket = network.config().packetContent();
    return Math.max(1, (bytes + perPacket - 1) / perPacket);
  }

  /**
   * Bytes are those of the host with all packet headers; datagrams those that frames took, without
   * acknowledgements and retransmissions.
   */
  @Override
  public TransportStats stats() {
    return new TransportStats(
        host().bytesSent(), host().bytesReceived(), packetsSent, packetsReceived, 0, openLinks());
  }

  @Override
  public void close() {
    synchronized (network) {
      if (closed) {
        return;
      }
      closed = true;
      loop.enter(() -> List.copyOf(links).forEach(SimLink::closeWithEndpoint));
      endpoint.close();
    }
  }
}
