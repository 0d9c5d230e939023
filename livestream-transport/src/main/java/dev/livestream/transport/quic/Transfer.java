package dev.livestream.transport.quic;

import io.netty.buffer.ByteBuf;
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

  /** What the QUIC library has not taken yet, while it is being written. */
  @Nullable ByteBuf unsent;

  Transfer(long id, ByteBuffer frame, long deadlineMicros) {
    this.id = id;
    this.frame = frame;
    this.bytes = frame.remaining();
    this.deadlineMicros = deadlineMicros;
  }

  /**
   * Leaves one byte of what is unsent, which ends the stream before the chunk is whole.
   *
   * <p>An end without any byte would be enough, could it be relied on: quiche forgets a stream once
   * all its bytes are acknowledged, whether or not its end has been sent (cloudflare/quiche, issue
   * 2525). The receiver then waits for the rest until it takes the sender for an attacker.
   *
   * @return whether there was enough to leave away
   */
  boolean cutShort() {
    ByteBuf rest = unsent;
    if (rest == null || rest.readableBytes() < 2) {
      return false;
    }
    // The library takes bytes from this very buffer, whose last ones are sent with the end.
    rest.writerIndex(rest.readerIndex() + 1);
    return true;
  }
}
