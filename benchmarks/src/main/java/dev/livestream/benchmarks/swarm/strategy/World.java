package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.benchmarks.swarm.measure.PublishedStream;
import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.PeerId;
import dev.livestream.transport.sim.SimNetwork;
import dev.livestream.wire.Manifest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What peers share in a simulation: the network, a tracker, and the record of it all. Peers may run
 * side by side; nothing of this changes while they do.
 */
public interface World {
  /** What is simulated. */
  Scenario scenario();

  /** The network. */
  SimNetwork network();

  /** Everything the broadcaster has written. */
  PublishedStream published();

  /** The stream's identity. */
  ChannelId channel();

  /** What the broadcaster says of its stream now. */
  Manifest manifest();

  /** A tracker's answer: a random sample of those who are there. */
  List<SimPeer> introduce(SimPeer asker);

  /** The broadcaster, while it is there. */
  @Nullable SimPeer source();

  /** A peer by its id, gone or not. */
  @Nullable SimPeer find(PeerId id);

  /** A generator of one's own for a peer. */
  RandomGenerator randomFor(SimPeer peer);
}
