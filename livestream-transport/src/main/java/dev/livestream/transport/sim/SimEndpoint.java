package dev.livestream.transport.sim;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import org.jspecify.annotations.Nullable;

/** Where a host can be reached: it dials others and accepts their connections. */
public final class SimEndpoint {

  /** Decides about connections that others open. */
  @FunctionalInterface
  public interface Acceptor {
    /**
     * Somebody wants to connect.
     *
     * @param connection not yet open; its {@link SimConnection#remote} says who it is
     * @return who will hear of it; null to leave the attempt unanswered
     */
    @Nullable SimConnectionHandler accept(SimConnection connection);
  }

  private final SimNetwork network;
  private final SimHost host;
  private final PeerAddress address;
  private final Object identity;
  private final Acceptor acceptor;
  private boolean open = true;

  SimEndpoint(
      SimNetwork network, SimHost host, PeerAddress address, Object identity, Acceptor acceptor) {
    this.network = network;
    this.host = host;
    this.address = address;
    this.identity = identity;
    this.acceptor = acceptor;
  }

  /** The machine it runs on. */
  public SimHost host() {
    return host;
  }

  /** Its address. */
  public PeerAddress address() {
    return address;
  }

  /** Whatever proves to others who this is. */
  public Object identity() {
    return identity;
  }

  /** Whether it still accepts connections. */
  public boolean isOpen() {
    return open && host.alive();
  }

  /**
   * Opens a connection; takes a round trip.
   *
   * @param handler hears {@link SimConnectionHandler#opened}, or {@link
   *     SimConnectionHandler#closed} alone with {@link CloseReason#UNREACHABLE} after the connect
   *     time-out
   */
  public SimConnection dial(PeerAddress to, SimConnectionHandler handler) {
    SimConnection connection =
        new SimConnection(network, this, network.endpoint(to), to, handler, true);
    connection.begin();
    return connection;
  }

  /** Accepts no more connections. Those that are open stay so: close them before. */
  public void close() {
    if (open) {
      open = false;
      network.unbind(this);
    }
  }

  @Nullable SimConnectionHandler accept(SimConnection connection) {
    return isOpen() ? acceptor.accept(connection) : null;
  }
}
