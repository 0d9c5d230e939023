package dev.livestream;

import java.time.Duration;
import java.util.Optional;

/**
 * The figures of one stream at one peer since it joined or started, at one moment. Immutable.
 *
 * @param role what this peer is in the stream
 * @param peers peers connected now
 * @param parents parts of the stream that are fed by a peer now
 * @param children places given to others now, over all parts of the stream
 * @param chunks chunks verified, or published by a broadcaster; each counted once
 * @param delivered chunks put in order for the reader; 0 for a broadcaster or a relay
 * @param missed chunks that did not come in time
 * @param dropped chunks that came and were given up because the reader did not read
 * @param pulled of {@code chunks}, those that had to be asked for
 * @param duplicates chunks that came more than once
 * @param bytesDelivered media bytes put in order for the reader, or written by a broadcaster
 * @param bytesUp all bytes handed to the transport: control messages, chunk headers, proofs, media
 * @param bytesDown all bytes taken from the transport
 * @param payloadUp media bytes sent
 * @param payloadDown media bytes received, those received twice included
 * @param delay from the broadcaster's write to ready-to-read, over the last second; as true as the
 *     two clocks agree
 * @param startup from joining to the first byte ready to read, once there is one
 * @param rejected chunks and descriptions that were not genuine
 * @param bannedPeers peers thrown out for forgery or for breaking the protocol
 * @param malformed of the peers banned, those that sent frames that the wire format does not allow,
 *     or too many
 * @param uplink what the uplink is taken to carry; {@link BitRate#ZERO} while unknown
 * @param uplinkQueue how long a chunk queued now would wait for the uplink
 */
public record StreamStats(
    Role role,
    int peers,
    int parents,
    int children,
    long chunks,
    long delivered,
    long missed,
    long dropped,
    long pulled,
    long duplicates,
    long bytesDelivered,
    long bytesUp,
    long bytesDown,
    long payloadUp,
    long payloadDown,
    Delay delay,
    Optional<Duration> startup,
    long rejected,
    long bannedPeers,
    long malformed,
    BitRate uplink,
    Duration uplinkQueue) {

  /** What a peer is in a stream. */
  public enum Role {
    /** Makes the stream. */
    BROADCASTER,
    /** Reads it, and passes it on. */
    VIEWER,
    /** Passes it on. */
    RELAY
  }

  /**
   * Delays over the last second. All are zero if no chunk came.
   *
   * @param p50 the median
   * @param p99 the 99th percentile
   * @param max the longest
   */
  public record Delay(Duration p50, Duration p99, Duration max) {
    /** No chunk came. */
    public static final Delay NONE = new Delay(Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }
}
