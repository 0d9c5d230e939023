package dev.livestream.spi;

import dev.livestream.crypto.PeerId;
import java.nio.ByteBuffer;

/**
 * A secured connection to one peer. All methods are to be called on the transport's loop; on a
 * closed connection they do nothing.
 */
public interface Connection {
  /** The id the other side has proved. */
  PeerId remoteId();

  /** The address the other side's datagrams come from. */
  PeerAddress remoteAddress();

  /** Whether this side opened the connection. */
  boolean outgoing();

  /**
   * Sends a control frame: reliably, in order with other control frames, and not behind chunks.
   *
   * @param frame the frame, from position to limit; belongs to the transport afterwards
   * @throws IllegalArgumentException if the frame is longer than the endpoint's limit
   */
  void sendControl(ByteBuffer frame);

  /**
   * Sends a chunk frame: reliably, but without waiting for other chunks, and cancellable. The bytes
   * are shared, not copied, and must never change.
   *
   * @param frame the frame, from position to limit; the buffer object belongs to the transport
   *     afterwards
   * @param deadlineMicros loop time after which the transport may drop what it has not begun to
   *     send
   * @return a number that names this transfer on this connection; {@link
   *     ConnectionHandler#transferEnded} follows exactly once unless the connection closes first
   * @throws IllegalArgumentException if the frame is longer than the endpoint's limit
   */
  long sendChunk(ByteBuffer frame, long deadlineMicros);

  /** Stops a transfer that is under way; the receiver never sees a part of it. */
  void cancel(long transfer);

  /** What is known about the path, cheaply. */
  ConnectionStats stats();

  /** Closes the connection; control frames handed over before are still delivered if possible. */
  void close(CloseReason reason);
}
