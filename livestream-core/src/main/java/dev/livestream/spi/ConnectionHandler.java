package dev.livestream.spi;

import java.nio.ByteBuffer;

/**
 * Hears what happens on one connection, always on the transport's loop. Must not block, and must
 * not throw: a transport closes the connection of a handler that throws.
 */
public interface ConnectionHandler {
  /** Both sides have proved who they are. Comes first, and once. */
  void opened(Connection connection);

  /**
   * A control frame, whole and within the limit.
   *
   * @param frame readable from position to limit; the handler may keep it
   */
  void control(ByteBuffer frame);

  /**
   * A chunk frame, whole and within the limit.
   *
   * @param frame backed by an accessible array that nobody else holds; the handler may keep it
   */
  void chunk(ByteBuffer frame);

  /**
   * A transfer has left: the transport has handed its last byte to the network (or has given it
   * up), so its place in the transport's queue is free.
   */
  void transferEnded(long transfer, TransferOutcome outcome);

  /** The connection is closed, or could not be opened. Comes last, and once. */
  void closed(CloseReason reason);
}
