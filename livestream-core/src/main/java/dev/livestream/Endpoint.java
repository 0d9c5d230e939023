package dev.livestream;

import dev.livestream.crypto.PeerId;
import dev.livestream.node.Node;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportStats;
import java.io.IOException;
import java.util.List;

/**
 * One socket and one thread that serve any number of streams.
 *
 * <p>Broadcasters, viewers and relays make a private endpoint unless they are given one; a program
 * with several streams gives them the same one:
 *
 * <pre>{@code
 * try (Endpoint endpoint = Endpoint.builder().listen("0.0.0.0:4700").open();
 *     Viewer news = Viewer.builder(newsLink).endpoint(endpoint).join();
 *     Viewer weather = Viewer.builder(weatherLink).endpoint(endpoint).join()) {
 *   watch(news, weather);
 * }
 * }</pre>
 *
 * <p>Thread-safe. An endpoint takes part in a stream at most once at a time.
 */
public final class Endpoint implements AutoCloseable {
  private final Node node;

  Endpoint(Node node) {
    this.node = node;
  }

  /**
   * Begins to choose.
   *
   * @return a builder with nothing chosen
   */
  public static EndpointBuilder builder() {
    return new EndpointBuilder();
  }

  /**
   * Opens an endpoint on all addresses of the machine and a free port.
   *
   * @return the endpoint, to be closed by the caller
   * @throws IOException with one clear sentence if no socket can be had
   */
  public static Endpoint open() throws IOException {
    return builder().open();
  }

  /**
   * The id that this endpoint proves to others.
   *
   * @return the same for as long as it lives
   */
  public PeerId id() {
    return node.id();
  }

  /**
   * Where the endpoint listens.
   *
   * @return the local address, with the real port
   */
  public PeerAddress localAddress() {
    return node.localAddress();
  }

  /**
   * Where others may find this endpoint, as far as it knows: what was advertised, else what it is
   * bound to, else what others say and what the machine's network interfaces are.
   *
   * @return at most {@link StreamLink#MAX_HINTS} addresses, best first
   */
  public List<PeerAddress> reachableAt() {
    return node.hints();
  }

  /**
   * What has passed through the socket.
   *
   * @return totals over all streams since the endpoint was opened
   */
  public TransportStats stats() {
    return node.transportStats();
  }

  /**
   * How many connections of strangers were ended because what came first was not what the wire
   * format allows. What peers do that have named a stream is counted there: {@link
   * StreamStats#malformed}.
   *
   * @return the total since the endpoint was opened
   */
  public long malformed() {
    return node.malformed();
  }

  /**
   * Leaves every stream that is still there, says goodbye, and closes the socket. Waits for that,
   * for a second or so at most. Closing twice is fine.
   *
   * @throws IllegalStateException if called on the endpoint's loop
   */
  @Override
  public void close() {
    node.close();
  }

  Node node() {
    return node;
  }

  @Override
  public String toString() {
    return "Endpoint[" + node.id().shortText() + " at " + node.localAddress() + "]";
  }
}
