package dev.livestream.node;

import dev.livestream.crypto.ChannelId;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.Role;
import java.time.Duration;
import java.util.List;

/**
 * How to take part in a stream.
 *
 * @param channel the stream
 * @param role whether this peer makes it
 * @param leaf whether it never passes chunks on
 * @param delivers whether there is a reader
 * @param targetLatency how long after its making a chunk is still waited for
 * @param uploadLimit bytes per second; 0 for no limit
 * @param hints where peers of the stream may be found
 */
public record StreamConfig(
    ChannelId channel,
    Role role,
    boolean leaf,
    boolean delivers,
    Duration targetLatency,
    long uploadLimit,
    List<PeerAddress> hints) {

  /** Takes a copy of the hints. */
  public StreamConfig {
    hints = List.copyOf(hints);
  }
}
