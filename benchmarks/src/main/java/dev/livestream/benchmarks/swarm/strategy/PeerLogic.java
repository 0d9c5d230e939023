package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.transport.sim.SimConnection;
import dev.livestream.transport.sim.SimConnectionHandler;
import dev.livestream.wire.Chunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one peer does in a strategy. */
public interface PeerLogic {
  /** The peer is there, and a tracker names it a few others. */
  void join(List<SimPeer> introduced);

  /** The broadcaster has written a frame. Only for a source. */
  void publish(List<Chunk> frame);

  /** The peer goes, with goodbyes. */
  void leave();

  /** The peer is gone, with or without goodbye: nothing of it may happen any more. */
  void stop();

  /** Somebody opens a connection to it. */
  @Nullable SimConnectionHandler accept(SimConnection connection);

  /**
   * For each substream the peer that pushes it here, for the check that there are no loops; empty
   * where there are no trees.
   */
  default List<@Nullable SimPeer> parents() {
    return List.of();
  }
}
