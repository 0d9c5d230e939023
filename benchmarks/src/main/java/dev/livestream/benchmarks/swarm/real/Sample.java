package dev.livestream.benchmarks.swarm.real;

import dev.livestream.Broadcaster;
import dev.livestream.Endpoint;
import dev.livestream.StreamStats;
import dev.livestream.spi.TransportStats;
import java.util.List;

/**
 * All counters at one moment.
 *
 * @param mediaBytes written so far
 * @param viewers those who have joined by then; who comes later follows at the end of the list
 */
record Sample(
    long nanos,
    long mediaBytes,
    TransportStats sourceTraffic,
    StreamStats source,
    List<TransportStats> viewerTraffic,
    List<StreamStats> viewers,
    ProcessMeter.Cost cost) {
  /** Of each datagram: IPv4's and UDP's. */
  private static final int PACKET_HEADER = 28;

  static Sample take(
      WrittenMedia written,
      Endpoint sourceEndpoint,
      Broadcaster broadcaster,
      List<RealViewer> viewers,
      ProcessMeter meter) {
    long now = System.nanoTime();
    long media = written.bytes();
    // First what is there without waiting, so that it belongs to one moment.
    TransportStats source = sourceEndpoint.stats();
    List<TransportStats> traffic = viewers.stream().map(RealViewer::traffic).toList();
    ProcessMeter.Cost cost = meter.cost();
    return new Sample(
        now,
        media,
        source,
        broadcaster.stats(),
        traffic,
        viewers.stream().map(RealViewer::stats).toList(),
        cost);
  }

  /** Everything that left a socket, packet headers included. */
  static long sent(TransportStats stats) {
    return stats.bytesSent() + PACKET_HEADER * stats.datagramsSent();
  }

  /** Everything that came to a socket, packet headers included. */
  static long received(TransportStats stats) {
    return stats.bytesReceived() + PACKET_HEADER * stats.datagramsReceived();
  }
}
