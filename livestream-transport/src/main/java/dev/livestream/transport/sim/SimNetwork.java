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
 * <p>The same calls with the same seed give the same course of events, on however many threads its
 * {@link ShardedTime} runs hosts. A host's events use that host alone; all that is here, addresses
 * included, changes only while no host runs.
 */
public final class SimNetwork {
  private final SimNetworkConfig config;
  private final List<SimShard> shards;
  private final Latencies latencies;
  private final LossModel loss;
  private final List<SimHost> hosts = new ArrayList<>();
  private final Map<PeerAddress, SimEndpoint> endpoints = new HashMap<>();
  private final boolean[] cutFrom = new boolean[2];

  /** An empty network in one shard, for a time that its owner moves on. */
  public SimNetwork(SimNetworkConfig config, VirtualTime time) {
    this(config, List.of(new SimShard(0, 1, time)));
  }

  /** An empty network whose hosts run on the threads of a time that serves no other network. */
  public SimNetwork(SimNetworkConfig config, ShardedTime time) {
    this(config, time.shardsFor(config.leastLatency()));
  }

  private SimNetwork(SimNetworkConfig config, List<SimShard> shards) {
    this.config = config;
    this.shards = shards;
    this.latencies = new Latencies(config.seed(), config.meanDelay(), config.minDelay());
    this.loss = new LossModel(config.lossRate(), config.lossBurst());
  }

  /** How it behaves. */
  public SimNetworkConfig config() {
    return config;
  }

  /** Its latencies, for planners. */
  public Latencies latencies() {
    return latencies;
  }

  /** What became of every byte so far. */
  public ByteAccounts accounts() {
    ByteAccounts all = new ByteAccounts();
    shards.forEach(shard -> all.add(shard.accounts()));
    return all;
  }

  /**
   * Adds a host.
   *
   * @param upBytesPerSecond what its uplink carries
   * @param downBytesPerSecond what its downlink carries
   */
  public SimHost addHost(double upBytesPerSecond, double downBytesPerSecond) {
    int id = hosts.size();
    SimShard shard = shards.get(id % shards.size());
    SimHost host = new SimHost(this, shard, id, upBytesPerSecond, downBytesPerSecond);
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
    for (SimShard shard : shards) {
      shard
          .time()
          .forEachPending(
              event -> {
                if (event instanceof InFlight flying && flying.belongsTo(this)) {
                  flying.addInFlight(inFlight);
                }
              });
    }
    ByteAccounts accounts = accounts();
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

  LossModel loss() {
    return loss;
  }

  boolean reaches(SimHost from, SimHost to) {
    return to.alive() && !isCut(from, to);
  }

  private boolean isCut(SimHost from, SimHost to) {
    return from.side() != to.side() && cutFrom[from.side()];
  }
}
