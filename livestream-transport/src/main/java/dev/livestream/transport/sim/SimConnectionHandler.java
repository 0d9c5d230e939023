package dev.livestream.transport.sim;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.TransferOutcome;

/** Hears what happens at one end of a simulated connection. */
public interface SimConnectionHandler {
  /**
   * Whether whoever answered is the one who was dialled. Asked before {@link #opened}, and only of
   * the side that dialled; if not, neither side opens and this one hears {@link
   * CloseReason#WRONG_PEER}.
   */
  default boolean trusts(SimConnection connection) {
    return true;
  }

  /** The handshake is done. Comes first, and once. */
  void opened(SimConnection connection);

  /** A control frame has arrived, in order with the others. */
  void control(SimConnection connection, Object frame);

  /** A chunk has arrived whole. */
  void chunk(SimConnection connection, Object frame);

  /** A chunk's last byte has left the uplink, or it will never be sent. */
  void transferEnded(SimConnection connection, long transfer, TransferOutcome outcome);

  /**
   * The other side has closed the connection, or it is lost, or could not be opened. Comes last,
   * and once; not after {@link SimConnection#close}.
   */
  void closed(SimConnection connection, CloseReason reason);
}
