package dev.livestream.transport.quic;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Bounds what a connection may still send while it closes.
 *
 * <p>The codec sends until the QUIC library has nothing more to say, and there is a state in which
 * that never comes to pass: a client that closes with an application error, while it is due to say
 * its part of the handshake again because the server has not confirmed it, makes one
 * acknowledgement after another, and keeps a record of each. Nothing tells from outside whether a
 * connection is in that state, and a server can keep it there. So a closing connection gets its
 * buffers from here, and after {@value #MOST} only buffers too small for any packet, at which the
 * library says that it is done. Then nothing tells the other side of the close, which it finds out
 * by silence.
 */
final class LastDatagrams extends AbstractByteBufAllocator {
  /** Far more than what was waiting to be sent; nobody misses the rest. */
  static final int MOST = 256;

  private static final int TOO_SMALL = 1;

  private final ByteBufAllocator allocator;
  private int left = MOST;

  LastDatagrams(ByteBufAllocator allocator) {
    super(true);
    this.allocator = allocator;
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    if (left == 0) {
      return allocator.directBuffer(TOO_SMALL, TOO_SMALL);
    }
    left--;
    return allocator.directBuffer(initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return allocator.heapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return allocator.isDirectBufferPooled();
  }
}
