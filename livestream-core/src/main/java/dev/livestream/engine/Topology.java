package dev.livestream.engine;

import dev.livestream.crypto.PeerId;
import java.util.List;

/**
 * Who serves a peer and whom it serves.
 *
 * @param substreams one entry for each substream, in order
 * @param meshNeighbours the peers it exchanges have-maps with
 */
public record Topology(List<Substream> substreams, List<PeerId> meshNeighbours) {

  /**
   * A peer's place in one substream's tree.
   *
   * @param parent who pushes it here; empty at the source and while looking for one
   * @param depth hops from the source; 0 at the source, -1 while unknown
   * @param children whom it is pushed on to
   */
  public record Substream(List<PeerId> parent, int depth, List<PeerId> children) {}
}
