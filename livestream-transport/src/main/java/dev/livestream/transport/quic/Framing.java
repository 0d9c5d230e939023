package dev.livestream.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * How a frame is written to a stream: its length as a QUIC variable-length integer (RFC 9000,
 * section 16; one, two or four bytes), then its bytes.
 */
final class Framing {
  /** The longest frame that four bytes of length can announce. */
  static final int MAX_FRAME_BYTES = (1 << 30) - 1;

  private static final int MAX_ONE = 1 << 6;
  private static final int MAX_TWO = 1 << 14;

  private Framing() {}

  /**
   * Copies a frame behind its length. The copy is needed: the QUIC library takes direct memory
   * only, and frames live on the heap.
   */
  static ByteBuf encode(ByteBufAllocator allocator, ByteBuffer frame) {
    int length = frame.remaining();
    ByteBuf out = allocator.directBuffer(4 + length, 4 + length);
    if (length < MAX_ONE) {
      out.writeByte(length);
    } else if (length < MAX_TWO) {
      out.writeShort(length | 0x4000);
    } else {
      out.writeInt(length | 0x8000_0000);
    }
    return out.writeBytes(frame);
  }
}
