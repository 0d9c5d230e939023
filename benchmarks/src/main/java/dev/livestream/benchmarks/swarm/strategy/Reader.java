package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.wire.Chunk;

/** Reads what a peer plays, and writes down how good it was. */
public interface Reader {
  /** A chunk came from the network. */
  void received(Chunk chunk);

  /** The next chunk in order can be read. */
  void ready(Chunk chunk, long readyMicros);

  /** Chunks that will never be read: from inclusive to exclusive. */
  void gap(long epoch, long from, long to);
}
