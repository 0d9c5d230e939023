package dev.livestream.engine;

import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.PeerId;
import dev.livestream.wire.Role;

/**
 * What an engine is made with.
 *
 * @param channel the stream
 * @param self this peer
 * @param role whether it makes the stream or views it
 * @param leaf whether it never passes chunks on
 * @param delivers whether chunks are put in order for a reader; false for a relay
 * @param targetLatencyMicros from the broadcaster's write to the latest moment a chunk is waited
 *     for
 * @param uploadLimit bytes per second that all sending together never exceeds; 0 for no limit
 * @param tuning the protocol's constants
 */
public record EngineConfig(
    ChannelId channel,
    PeerId self,
    Role role,
    boolean leaf,
    boolean delivers,
    long targetLatencyMicros,
    long uploadLimit,
    Tuning tuning) {

  /** Validates the ranges. */
  public EngineConfig {
    if (targetLatencyMicros <= 0) {
      throw new IllegalArgumentException("the target latency must be positive");
    }
    if (uploadLimit < 0) {
      throw new IllegalArgumentException("the upload limit must not be negative");
    }
  }
}
