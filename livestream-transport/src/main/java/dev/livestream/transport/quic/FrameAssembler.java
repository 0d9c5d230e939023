package dev.livestream.transport.quic;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames together again from the pieces in which a stream delivers them.
 *
 * <p>The announced length is checked before anything is allocated. Up to {@value #EAGER_BYTES}
 * bytes are allocated at once, so that an ordinary frame is copied once, into an array of exactly
 * its size; longer frames grow as their bytes come, so that an announcement alone costs a peer's
 * victim little.
 */
final class FrameAssembler {
  static final int EAGER_BYTES = 8 * 1024;

  private final int limit;
  private int lengthBytesLeft;
  private int length;
  private byte @Nullable [] body;
  private int filled;

  FrameAssembler(int limit) {
    this.limit = limit;
  }

  /** Whether a frame has begun and is not yet whole. */
  boolean inFrame() {
    return lengthBytesLeft > 0 || body != null;
  }

  /**
   * Takes bytes up to the end of one frame.
   *
   * @return the frame when it is whole, else null, and then everything was taken
   * @throws FramingException if the frame is longer than allowed
   */
  @Nullable ByteBuffer feed(ByteBuf in) throws FramingException {
    while (body == null) {
      if (!in.isReadable()) {
        return null;
      }
      readLength(in.readUnsignedByte());
    }
    byte[] target = body;
    int take = Math.min(length - filled, in.readableBytes());
    if (filled + take > target.length) {
      target = Arrays.copyOf(target, grown(target.length, filled + take));
      body = target;
    }
    in.readBytes(target, filled, take);
    filled += take;
    if (filled < length) {
      return null;
    }
    body = null;
    filled = 0;
    return ByteBuffer.wrap(target);
  }

  private void readLength(int octet) throws FramingException {
    if (lengthBytesLeft == 0) {
      lengthBytesLeft = 1 << (octet >> 6);
      if (lengthBytesLeft > Integer.BYTES) {
        throw new FramingException("a frame length of eight bytes");
      }
      length = octet & 0x3f;
    } else {
      length = length << 8 | octet;
    }
    lengthBytesLeft--;
    if (lengthBytesLeft == 0) {
      if (length > limit) {
        throw new FramingException("a frame of " + length + " bytes where " + limit + " are most");
      }
      body = new byte[Math.min(length, EAGER_BYTES)];
    }
  }

  /** At least doubled, so that growing costs little, and never beyond the frame's length. */
  private int grown(int now, int needed) {
    return Math.min(length, Math.max(2 * now, needed));
  }
}
