package dev.livestream.engine;

import dev.livestream.crypto.Verdict;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.PeerRecord;

/**
 * Decides what is genuine. A pure function of its arguments and of what it has accepted before, so
 * that an engine stays deterministic; a simulation may give all its engines one that remembers
 * answers.
 */
public interface Authenticator {
  /**
   * Whether a manifest is signed by a session key that the channel certifies; if so, its
   * certificate is used from now on.
   */
  boolean accept(Manifest manifest, long nowMicros);

  /** Whether a chunk is the broadcaster's. */
  Verdict verify(Chunk chunk, long nowMicros);

  /** Whether a record is signed by the peer it speaks of. */
  boolean isGenuine(PeerRecord record);

  /** Chunks before this one will not be asked about any more. */
  void forgetBefore(long epoch, long sequence);
}
