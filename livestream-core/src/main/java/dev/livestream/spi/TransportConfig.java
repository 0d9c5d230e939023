package dev.livestream.spi;

import dev.livestream.crypto.PeerIdentity;
import java.time.Duration;

/**
 * What an endpoint is opened with.
 *
 * @param identity the key that the endpoint proves its id with
 * @param listen the local address; port 0 chooses a free one
 * @param limits the bounds it enforces on what comes in
 */
public record TransportConfig(PeerIdentity identity, PeerAddress listen, Limits limits) {

  /**
   * Bounds on what the network may cost, enforced before memory is allocated.
   *
   * @param controlFrameBytes longest control frame, in bytes
   * @param chunkFrameBytes longest chunk frame, in bytes
   * @param connections most connections open or being opened by others at once
   * @param chunksInFlight most chunks that one connection may have half received
   * @param keepAlive silence after which a connection is kept alive
   * @param idleTimeout silence after which a connection counts as lost
   */
  public record Limits(
      int controlFrameBytes,
      int chunkFrameBytes,
      int connections,
      int chunksInFlight,
      Duration keepAlive,
      Duration idleTimeout) {
    /** The limits used unless others are given. */
    public static final Limits DEFAULT =
        new Limits(64 * 1024, 72 * 1024, 512, 64, Duration.ofMillis(3_500), Duration.ofSeconds(12));
  }
}
