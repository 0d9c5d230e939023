package dev.livestream.node;

import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.PeerId;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Loop;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.spi.TransportProvider;
import dev.livestream.spi.TransportStats;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One endpoint: a transport, and the streams that live on it.
 *
 * <p>Connections that others open are routed to a stream by the channel in their first hello.
 * Methods say if they may be called from any thread; the others run on the loop.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /** Most connections that have not said hello yet; beyond them the oldest goes. */
  private static final int MAX_WAITING = 128;

  private final PeerIdentity identity;
  private final Transport transport;
  private final LocalAddresses addresses;
  private final SplittableRandom random;
  private final Map<ChannelId, StreamNode> streams = new TreeMap<>();
  private final Set<PeerLink> waiting = new LinkedHashSet<>();
  private final TrafficMeter strangers = new TrafficMeter();
  private final OverheadMeter overhead = new OverheadMeter();
  private final Shunned shunned = new Shunned();
  private boolean charging;
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean closed;

  private Node(
      PeerIdentity identity, Transport transport, List<PeerAddress> advertised, long seed) {
    this.identity = identity;
    this.transport = transport;
    this.addresses = new LocalAddresses(advertised, transport.localAddress());
    this.random = new SplittableRandom(seed);
  }

  /**
   * Opens an endpoint. Callable from any thread.
   *
   * @param advertised where others are told to find it; empty to find out
   */
  public static Node open(
      TransportProvider provider,
      TransportConfig config,
      PeerIdentity identity,
      List<PeerAddress> advertised)
      throws IOException {
    return open(provider, config, identity, advertised, new SecureRandom().nextLong());
  }

  /** As above, with every choice that is left to chance taken from a seed. */
  public static Node open(
      TransportProvider provider,
      TransportConfig config,
      PeerIdentity identity,
      List<PeerAddress> advertised,
      long seed)
      throws IOException {
    Incoming incoming = new Incoming();
    Transport transport = provider.open(config, incoming);
    Node node = new Node(identity, transport, advertised, seed);
    incoming.node = node;
    return node;
  }

  /** Hands connections to a node that is made after the transport. */
  private static final class Incoming implements Supplier<PeerLink> {
    private volatile @Nullable Node node;

    @Override
    public PeerLink get() {
      Node ready = node;
      if (ready == null) {
        throw new IllegalStateException("a connection before the endpoint was ready");
      }
      return PeerLink.incoming(ready);
    }
  }

  /** This endpoint's id. Callable from any thread. */
  public PeerId id() {
    return transport.localId();
  }

  /** The loop. Callable from any thread. */
  public Loop loop() {
    return transport.loop();
  }

  /** Where it is bound. Callable from any thread. */
  public PeerAddress localAddress() {
    return transport.localAddress();
  }

  /** The socket's totals. Callable from any thread. */
  public TransportStats transportStats() {
    return transport.stats();
  }

  /** Frames of strangers that were refused for their form. Callable from any thread. */
  public long malformed() {
    return strangers.malformed();
  }

  /** Addresses for links, best first. Callable from any thread. */
  public List<PeerAddress> hints() {
    return addresses.forLink();
  }

  /** Whether it is closed or about to be. Callable from any thread. */
  public boolean isClosed() {
    return closing.get();
  }

  /**
   * Takes part in a stream. Callable from any thread; waits for the loop.
   *
   * @throws IllegalStateException if the endpoint is closed, or takes part in the stream already
   */
  public StreamNode join(StreamConfig config, StreamListener listener) {
    return LoopCall.get(
        this,
        () -> {
          if (closing.get()) {
            throw new IllegalStateException("The endpoint is closed.");
          }
          if (streams.containsKey(config.channel())) {
            throw new IllegalStateException(
                "The endpoint takes part in the stream " + config.channel() + " already.");
          }
          StreamNode stream = new StreamNode(this, config, listener, random.split());
          streams.put(config.channel(), stream);
          stream.start();
          if (stream.isCharged() && !charging) {
            charging = true;
            overhead.begin(transport.stats());
            loop().schedule(OverheadMeter.INTERVAL_MICROS, this::chargeOverhead);
          }
          return stream;
        });
  }

  private void chargeOverhead() {
    overhead.charge(transport.stats(), List.copyOf(streams.values()));
    charging = streams.values().stream().anyMatch(StreamNode::isCharged);
    if (charging) {
      loop().schedule(OverheadMeter.INTERVAL_MICROS, this::chargeOverhead);
    }
  }

  /**
   * Leaves every stream and closes the transport. Callable from any thread but the loop's; waits.
   * Closing twice is fine.
   */
  @Override
  public void close() {
    if (loop().inLoop()) {
      throw new IllegalStateException("An endpoint cannot be closed on its own loop.");
    }
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    try {
      LoopCall.get(
          this,
          () -> {
            for (StreamNode stream : new ArrayList<>(streams.values())) {
              stream.leave();
            }
            for (PeerLink link : new ArrayList<>(waiting)) {
              link.close(CloseReason.LEAVING);
            }
            return true;
          });
    } catch (IllegalStateException e) {
      LOG.debug("Closing without goodbye", e);
    } finally {
      closed = true;
      transport.close();
    }
  }

  /** Whether the loop may be gone, so that nobody waits for it for ever. */
  boolean isDown() {
    return closed;
  }

  PeerIdentity identity() {
    return identity;
  }

  LocalAddresses addresses() {
    return addresses;
  }

  /** What came on connections that belong to no stream. */
  TrafficMeter strangers() {
    return strangers;
  }

  @Nullable StreamNode find(ChannelId channel) {
    return streams.get(channel);
  }

  void gone(StreamNode stream) {
    streams.remove(stream.channel(), stream);
  }

  Shunned shunned() {
    return shunned;
  }

  /** What the streams have not paid for. */
  OverheadMeter overhead() {
    return overhead;
  }

  void connect(StreamNode stream, PeerAddress address, @Nullable PeerId expected) {
    transport.connect(address, expected, PeerLink.outgoing(this, stream, address, expected));
  }

  void observed(PeerAddress address) {
    if (addresses.claim(address)) {
      streams.values().forEach(StreamNode::addressesChanged);
    }
  }

  /** Keeps track of connections that have yet to say hello, and keeps them few. */
  void waiting(PeerLink link, boolean waits) {
    if (!waits) {
      waiting.remove(link);
      return;
    }
    waiting.add(link);
    if (waiting.size() > MAX_WAITING) {
      waiting.iterator().next().close(CloseReason.BUSY);
    }
  }
}
