package dev.livestream.benchmarks.swarm.strategy;

import java.util.List;

/** A way to stream: makes the parts that peers play. One object serves one run. */
public interface Strategy {
  /** Its name on the command line. */
  String name();

  /** The broadcaster's part. */
  PeerLogic source(SimPeer self);

  /** A viewer's part. */
  PeerLogic viewer(SimPeer self);

  /** Signature checks made so far, over all peers. */
  default long signatureChecks() {
    return 0;
  }

  /** What peers said that the report counts. */
  default SecurityCounts security() {
    return new SecurityCounts(0, 0);
  }

  /**
   * Bans so far.
   *
   * @param honestBanned honest peers thrown out by honest ones
   * @param adversariesBanned adversaries thrown out by honest peers
   */
  record SecurityCounts(long honestBanned, long adversariesBanned) {}

  /** The names of all strategies. */
  static List<String> names() {
    return List.of("hybrid", "client-server", "mesh-pull", "gossip");
  }

  /**
   * A strategy by its name.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static Strategy named(String name, World world) {
    return switch (name) {
      case "hybrid" -> new Hybrid(world);
      case "client-server" -> new ClientServer(world);
      case "mesh-pull" -> new MeshPull(world);
      case "gossip" -> new Gossip(world);
      default ->
          throw new IllegalArgumentException(
              "'" + name + "' is no strategy; there are " + String.join(", ", names()));
    };
  }
}
