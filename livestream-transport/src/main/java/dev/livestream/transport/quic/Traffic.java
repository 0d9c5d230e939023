package dev.livestream.transport.quic;

import dev.livestream.spi.TransportStats;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.util.concurrent.atomic.LongAdder;

/** Counts what passes through one socket; written on the loop, read anywhere. */
final class Traffic {
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder datagramsSent = new LongAdder();
  private final LongAdder datagramsReceived = new LongAdder();
  private final LongAdder datagramsDropped = new LongAdder();

  void sent(DatagramPacket packet) {
    int bytes = packet.content().readableBytes();
    bytesSent.add(bytes);
    datagramsSent.add(datagrams(packet, bytes));
  }

  private static int datagrams(DatagramPacket packet, int bytes) {
    if (packet instanceof SegmentedDatagramPacket segmented && segmented.segmentSize() > 0) {
      return (bytes + segmented.segmentSize() - 1) / segmented.segmentSize();
    }
    return 1;
  }

  void received(ByteBuf datagram) {
    bytesReceived.add(datagram.readableBytes());
    datagramsReceived.increment();
  }

  void dropped() {
    datagramsDropped.increment();
  }

  TransportStats snapshot(int connections) {
    return new TransportStats(
        bytesSent.sum(),
        bytesReceived.sum(),
        datagramsSent.sum(),
        datagramsReceived.sum(),
        datagramsDropped.sum(),
        connections);
  }
}
