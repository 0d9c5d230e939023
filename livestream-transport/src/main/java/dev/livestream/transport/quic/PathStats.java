package dev.livestream.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The round-trip time, asked of the QUIC library a few times a second at most. */
final class PathStats {
  private static final long FRESH_MICROS = 50_000;

  private long askedMicros = Long.MIN_VALUE / 2;
  private long rttMicros;

  long rttMicros(QuicChannel channel, long nowMicros) {
    if (nowMicros - askedMicros > FRESH_MICROS && channel.isActive()) {
      askedMicros = nowMicros;
      Future<QuicConnectionPathStats> answer = channel.collectPathStats(0);
      if (answer.isSuccess()) {
        rttMicros = TimeUnit.NANOSECONDS.toMicros(answer.getNow().rtt());
      }
    }
    return rttMicros;
  }
}
