package dev.livestream.transport.sim;

import dev.livestream.spi.PeerAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network of hosts under virtual time. Every byte is charged to the uplink and the downlink it
 * passes: frames, packet headers, handshakes, acknowledgements, retransmissions.
 *
 * <p>Not thread-safe. The same calls with the same seed give the same course of events.
 */
public final class SimNetwork {
  private static final int POOL = 1 << 16;

  private final SimNetworkConfig config;
  private final VirtualTime time;
  private final Latencies latencies;
  private final LossModel loss;
  private final SplitMix random;
  private final ByteAccounts accounts = new ByteAccounts();
  private final List<SimHost> hosts = new ArrayList<>();
  private final Map<PeerAddress, SimEndpoint> endpoints = new HashMap<>();
  private final List<Train> pool = new ArrayList<>();
  private final boolean[] cutFrom = new boolean[2];

  /** An empty network. */
  public SimNetwork(SimNetworkConfig config, VirtualTime time) {
    this.config = config;
    this.time = time;
    this.latencies = new Latencies(config.seed(), config.meanDelay(), config.minDelay());
    this.loss = new LossModel(config.lossRate(), config.lossBurst());
    this.random = new SplitMix(SplitMix.mix(config.seed()));
  }

  /** How it behaves. */
  public SimNetworkConfig config() {
    return config;
  }

  /** Its clock. */
  public VirtualTime time() {
    return time;
  }

  /** Its latencies, for planners. */
  public Latencies latencies() {
    return latencies;
  }

  /** What became of every byte so far. */
  public ByteAccounts accounts() {
    return accounts;
  }

  /**
   * Adds a host.
   *
   * @param upBytesPerSecond what its uplink carries
   * @param downBytesPerSecond what its downlink carries
   */
  public SimHost addHost(double upBytesPerSecond, double downBytesPerSecond) {
    SimHost host = new SimHost(this, hosts.size(), upBytesPerSecond, downBytesPerSecond);
    hosts.add(host);
    return host;
  }

  /** The hosts, in order of making. */
  public List<SimHost> hosts() {
    return List.copyOf(hosts);
  }

  /**
   * Opens an endpoint on a host.
   *
   * @param identity what it proves to others who it is
   * @throws IllegalStateException if the address is taken
   */
  public SimEndpoint bind(
      SimHost host, PeerAddress address, Object identity, SimEndpoint.Acceptor acceptor) {
    SimEndpoint endpoint = new SimEndpoint(this, host, address, identity, acceptor);
    if (endpoints.putIfAbsent(address, endpoint) != null) {
      throw new IllegalStateException(address + " is taken");
    }
    return endpoint;
  }

  /**
   * Cuts the network between hosts of side 0 and side 1, or mends it.
   *
   * @param fromZero whether nothing gets from side 0 to side 1
   * @param fromOne whether nothing gets from side 1 to side 0
   */
  public void cut(boolean fromZero, boolean fromOne) {
    cutFrom[0] = fromZero;
    cutFrom[1] = fromOne;
  }

  /**
   * Checks that every byte that left an uplink was received, was lost, or is on its way.
   *
   * @throws IllegalStateException if one is missing or too many
   */
  public void verifyConservation() {
    long[] inFlight = new long[ByteKind.COUNT];
    time.forEachPending(
        event -> {
          if (event instanceof Train train && train.belongsTo(this)) {
            train.addInFlight(inFlight);
          }
        });
    long sent = 0;
    for (ByteKind kind : ByteKind.values()) {
      long accounted = accounts.received(kind) + accounts.lost(kind) + inFlight[kind.index];
      if (accounted != accounts.sent(kind)) {
        throw new IllegalStateException(
            kind + ": " + accounts.sent(kind) + " bytes sent, " + accounted + " accounted for");
      }
      sent += accounts.sent(kind);
    }
    long left = 0;
    for (SimHost host : hosts) {
      left += host.bytesSent();
    }
    if (left != sent) {
      throw new IllegalStateException(
          left + " bytes left the uplinks, " + sent + " bytes were sent");
    }
  }

  /** What a frame costs an uplink: its packets with their headers. */
  public long wireBytes(int frameBytes) {
    int packets = Math.max(1, (frameBytes + config.packetContent() - 1) / config.packetContent());
    return frameBytes + (long) packets * config.headerBytes();
  }

  static long ceilMicros(long nanos) {
    return (nanos + 999) / 1_000;
  }

  long nowNanos() {
    return time.nowMicros() * 1_000;
  }

  @Nullable SimEndpoint endpoint(PeerAddress address) {
    return endpoints.get(address);
  }

  void unbind(SimEndpoint endpoint) {
    endpoints.remove(endpoint.address(), endpoint);
  }

  long latencyNanos(@Nullable SimEndpoint from, @Nullable SimEndpoint to) {
    if (from == null || to == null) {
      return config.meanDelay() * 1_000;
    }
    return (long) (latencies.micros(from.host().id(), to.host().id()) * 1_000);
  }

  long drawLatency(long pairNanos) {
    if (config.jitter() == 0) {
      return pairNanos;
    }
    return (long) (pairNanos * (1 + config.jitter() * (2 * random.next() - 1)));
  }

  int drawLost(int packets) {
    return loss.loses() ? loss.lostOf(packets, random) : 0;
  }

  boolean reaches(SimHost from, SimHost to) {
    return to.alive() && !isCut(from, to);
  }

  private boolean isCut(SimHost from, SimHost to) {
    return from.side() != to.side() && cutFrom[from.side()];
  }

  /**
   * Charges acknowledgements. They are not events of their own: they take their time on the uplink
   * now and on the downlink a little too early.
   *
   * @return whether they get through
   */
  boolean acknowledge(SimHost from, SimHost to, long wireBytes) {
    boolean through = reaches(from, to);
    if (wireBytes == 0) {
      return through;
    }
    from.sendUrgent(wireBytes);
    accounts.sent(ByteKind.PACKET_HEADER, wireBytes);
    if (through) {
      to.throughDownlink(nowNanos(), wireBytes);
      to.countReceived(wireBytes);
      accounts.received(ByteKind.PACKET_HEADER, wireBytes);
    } else {
      accounts.lost(ByteKind.PACKET_HEADER, wireBytes);
    }
    return through;
  }

  Train take(SimConnection connection) {
    int last = pool.size() - 1;
    if (last < 0) {
      return new Train(this, connection);
    }
    Train train = pool.remove(last);
    train.from = connection;
    return train;
  }

  void release(Train train) {
    train.frame = null;
    if (pool.size() < POOL) {
      pool.add(train);
    }
  }
}
