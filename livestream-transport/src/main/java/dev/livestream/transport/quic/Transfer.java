package dev.livestream.transport.quic;

import io.netty.handler.codec.quic.QuicStreamChannel;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One chunk on its way out. */
final class Transfer {
  final long id;
  final ByteBuffer frame;
  final int bytes;
  final long deadlineMicros;
  long begunMicros;
  boolean cancelled;
  @Nullable QuicStreamChannel stream;

  Transfer(long id, ByteBuffer frame, long deadlineMicros) {
    this.id = id;
    this.frame = frame;
    this.bytes = frame.remaining();
    this.deadlineMicros = deadlineMicros;
  }
}
