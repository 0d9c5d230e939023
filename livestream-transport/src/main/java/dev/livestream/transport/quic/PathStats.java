package dev.livestream.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The round-trip time, and when a packet last came, asked of the QUIC library a few times a second
 * at most. The library counts packets; that one has come is noticed when the count is next looked
 * at.
 */
final class PathStats {
  private static final long FRESH_MICROS = 50_000;

  private long askedMicros = Long.MIN_VALUE / 2;
  private long rttMicros;
  private long packets;
  private long heardMicros;

  void refresh(QuicChannel channel, long nowMicros) {
    if (nowMicros - askedMicros > FRESH_MICROS && channel.isActive()) {
      askedMicros = nowMicros;
      Future<QuicConnectionPathStats> answer = channel.collectPathStats(0);
      if (answer.isSuccess()) {
        rttMicros = TimeUnit.NANOSECONDS.toMicros(answer.getNow().rtt());
        if (answer.getNow().recv() > packets) {
          packets = answer.getNow().recv();
          heardMicros = nowMicros;
        }
      }
    }
  }

  long rttMicros() {
    return rttMicros;
  }

  long heardMicros() {
    return heardMicros;
  }
}
