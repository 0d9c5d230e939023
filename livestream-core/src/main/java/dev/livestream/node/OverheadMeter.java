package dev.livestream.node;

import dev.livestream.engine.upload.Uploader;
import dev.livestream.spi.TransportStats;
import java.util.Collection;

/**
 * Tells the engines what leaves the socket beside their chunks, so that an upload limit holds for
 * everything: control frames, acknowledgements, handshakes, retransmissions, packet headers.
 *
 * <p>All of a socket's streams share it, so only sums can be compared: what the transport has sent
 * against what engines have paid for. The difference is paid for by the streams in proportion to
 * their connections. Chunks that were paid for and then cancelled make the difference negative;
 * only a little of that is carried on, or it would pay for overhead for ever.
 */
final class OverheadMeter {
  static final long INTERVAL_MICROS = 50_000;

  private static final int UDP_IP_HEADER = 28;
  private static final long MOST_CREDIT = 32 * 1024;

  private long paid;

  /** Begins with all that has been sent so far paid for. */
  void begin(TransportStats stats) {
    paid = onTheWire(stats);
  }

  /** Counts a chunk frame that an engine has paid for. */
  void chunk(int frameBytes) {
    paid += Uploader.wireBytes(frameBytes);
  }

  /** Charges the streams for what nobody has paid for yet. */
  void charge(TransportStats stats, Collection<StreamNode> streams) {
    long sent = onTheWire(stats);
    long owed = sent - paid;
    if (owed <= 0) {
      paid = Math.min(paid, sent + MOST_CREDIT);
      return;
    }
    paid = sent;
    long shares = streams.stream().mapToLong(stream -> 1 + stream.connections()).sum();
    for (StreamNode stream : streams) {
      stream.overhead(owed * (1 + stream.connections()) / shares);
    }
  }

  private static long onTheWire(TransportStats stats) {
    return stats.bytesSent() + UDP_IP_HEADER * stats.datagramsSent();
  }
}
