package dev.livestream;

import java.util.List;
import java.util.Optional;

/**
 * Who serves a peer and whom it serves, at one moment: one peer's part of the graph. Peers are
 * named by the first eight characters of their ids. Immutable.
 *
 * @param self this peer
 * @param substreams the parts of the stream, in order; empty until the stream is known
 * @param neighbours peers with which it compares notes on what is missing
 */
public record SwarmView(String self, List<Substream> substreams, List<String> neighbours) {

  /** Takes copies of the lists. */
  public SwarmView {
    substreams = List.copyOf(substreams);
    neighbours = List.copyOf(neighbours);
  }

  /**
   * The peer's place in one part of the stream.
   *
   * @param parent who feeds it; empty at the broadcaster and while there is nobody
   * @param depth hops from the broadcaster: 0 at the broadcaster itself, -1 while unknown
   * @param children whom it feeds
   */
  public record Substream(Optional<String> parent, int depth, List<String> children) {
    /** Takes a copy of the list. */
    public Substream {
      children = List.copyOf(children);
    }
  }
}
