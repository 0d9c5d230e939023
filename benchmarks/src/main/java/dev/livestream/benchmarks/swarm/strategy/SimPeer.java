package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.PeerAddress;
import dev.livestream.transport.sim.SimEndpoint;
import dev.livestream.transport.sim.SimHost;
import dev.livestream.wire.PeerRecord;

/**
 * One peer of the simulation, whatever it does.
 *
 * @param number counts all peers of a run
 * @param identity who it is
 * @param record where it says it can be reached
 * @param address where it can
 * @param host the machine it runs on
 * @param uplinkBytesPerSecond what the machine's uplink carries
 * @param leaf whether it never passes anything on
 * @param source whether it is the broadcaster
 * @param reader who reads what it plays
 */
public record SimPeer(
    int number,
    PeerIdentity identity,
    PeerRecord record,
    PeerAddress address,
    SimHost host,
    double uplinkBytesPerSecond,
    boolean leaf,
    boolean source,
    Reader reader,
    Endpoints endpoints) {

  /** Opens the peer's endpoint once its logic is there to accept connections. */
  @FunctionalInterface
  public interface Endpoints {
    /** The endpoint of this peer. */
    SimEndpoint open(SimPeer peer, SimEndpoint.Acceptor acceptor);
  }

  /** Opens the endpoint. */
  public SimEndpoint open(SimEndpoint.Acceptor acceptor) {
    return endpoints.open(this, acceptor);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SimPeer that && number == that.number;
  }

  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public String toString() {
    return (source ? "source " : "viewer ") + number;
  }
}
