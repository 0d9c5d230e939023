package dev.livestream.spi;

import dev.livestream.crypto.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of a network: it listens, connects, and carries frames. It looks into none of them.
 *
 * <h2>Threads</h2>
 *
 * All callbacks come on {@link #loop()}. {@link #connect} and everything on a {@link Connection}
 * must be called on the loop; {@link #close} may be called from any thread.
 *
 * <h2>Identity</h2>
 *
 * Each side proves a {@link PeerId} to the other before a connection counts as open. The id is the
 * hash of the key that the connection is secured with, so nobody can take another's.
 */
public interface Transport extends AutoCloseable {
  /** The id that this endpoint proves to others. */
  PeerId localId();

  /** The address this endpoint is bound to, with the real port. */
  PeerAddress localAddress();

  /** The thread of all callbacks. */
  Loop loop();

  /**
   * Opens a connection. The handler hears {@link ConnectionHandler#opened} once and later {@link
   * ConnectionHandler#closed} once; or, if it could not be opened, {@code closed} alone.
   *
   * @param address where to
   * @param expected the id the other side must prove, or null to take whoever answers
   * @param handler hears everything about this connection
   */
  void connect(PeerAddress address, @Nullable PeerId expected, ConnectionHandler handler);

  /** What has passed through the endpoint's socket so far. Callable from any thread. */
  TransportStats stats();

  /**
   * Closes every connection and the socket, and returns when both are closed. Closing twice is
   * fine. Not to be called on the loop.
   */
  @Override
  void close();
}
