package dev.livestream.transport.quic;

import dev.livestream.spi.CloseReason;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.quic.QuicChannel;
import org.jspecify.annotations.Nullable;

/**
 * Closes QUIC channels, always in a task of its own: the cause may be something that this very
 * channel is reading.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Whatever comes of it, the channel is closed.
final class Closing {
  private Closing() {}

  /** Closes once the control frames said before have been handed over, or that takes too long. */
  static void gracefully(
      Endpoint endpoint, QuicChannel channel, @Nullable ControlStream control, CloseReason reason) {
    if (control == null || !channel.isActive() || control.queuedBytes() == 0) {
      soon(endpoint, channel, reason);
      return;
    }
    control.whenDrained(() -> soon(endpoint, channel, reason));
    endpoint
        .loop()
        .schedule(Durations.micros(QuicSettings.LINGER), () -> soon(endpoint, channel, reason));
  }

  static void soon(Endpoint endpoint, QuicChannel channel, CloseReason reason) {
    endpoint
        .loop()
        .execute(
            () -> {
              if (channel.isOpen()) {
                channel.config().setAllocator(new LastDatagrams(channel.alloc()));
                channel.close(true, CloseReasons.code(reason), Unpooled.EMPTY_BUFFER);
              }
            });
  }

  /** Turns away one connection too many, which nobody has seen yet. */
  static void refuse(Endpoint endpoint, QuicChannel channel) {
    // In a task also because the library cannot say so before it has read the first datagram.
    endpoint
        .loop()
        .execute(
            () -> channel.close(false, CloseReasons.CONNECTION_REFUSED, Unpooled.EMPTY_BUFFER));
  }
}
