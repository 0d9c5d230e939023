package dev.livestream.node;

import dev.livestream.engine.EngineEvent;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;

/** Hears what a stream brings, on the loop. Must not block; what it throws is logged. */
public interface StreamListener {
  /** The next chunk in order. */
  void deliver(Chunk chunk, long readyMicros);

  /** Chunks that will not come: {@code from} inclusive to {@code to} exclusive. */
  void gap(long epoch, long from, long to);

  /** A newer manifest is known. */
  void manifest(Manifest manifest);

  /** Everything up to the epoch's end was delivered or reported as a gap. */
  void ended(long epoch);

  /** Something worth telling. */
  void notice(EngineEvent event);
}
