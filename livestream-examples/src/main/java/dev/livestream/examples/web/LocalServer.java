package dev.livestream.examples.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.livestream.spi.PeerAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small web server for this machine.
 *
 * <p>It only answers questions: nothing a request says changes anything. So that no page on the web
 * can read it through the user's own browser, requests must name the server by an IP address, by
 * {@code localhost} or as it was bound (a name that an attacker points here is refused), and
 * answers are kept from other origins.
 */
public final class LocalServer implements AutoCloseable {
  private static final int MAX_CLIENTS = 64;

  private final HttpServer server;
  private final ExecutorService threads;
  private final String boundHost;

  private LocalServer(HttpServer server, ExecutorService threads, String boundHost) {
    this.server = server;
    this.threads = threads;
    this.boundHost = boundHost;
  }

  /**
   * Opens the server.
   *
   * @param address where to listen; port 0 chooses a free one
   * @throws IOException with one clear sentence if the address cannot be bound
   */
  public static LocalServer open(PeerAddress address) throws IOException {
    // Media goes out in small pieces, each of which is wanted at once.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server;
    try {
      InetAddress host = InetAddress.getByName(address.host());
      server = HttpServer.create(new InetSocketAddress(host, address.port()), MAX_CLIENTS);
    } catch (BindException e) {
      throw new IOException("Cannot serve HTTP at " + address + ": " + e.getMessage() + ".", e);
    } catch (UnknownHostException e) {
      throw new IOException("Cannot serve HTTP at " + address + ": no such host.", e);
    }
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        new ThreadPoolExecutor(
            1,
            MAX_CLIENTS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.start();
    return new LocalServer(server, threads, address.host());
  }

  /** Where to point a player or browser. */
  public String url() {
    InetSocketAddress bound = server.getAddress();
    InetAddress address = bound.getAddress();
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    return "http://" + new PeerAddress(host, bound.getPort()) + "/";
  }

  /**
   * Answers requests for exactly one path.
   *
   * @param path the path, such as {@code /}
   * @param handler answers them; what it throws ends the one exchange
   */
  public void on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            int refusal = refusal(exchange, path);
            if (refusal != 0) {
              exchange.sendResponseHeaders(refusal, -1);
              return;
            }
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            handler.handle(exchange);
          }
        });
  }

  private int refusal(HttpExchange exchange, String path) {
    if (!isOurName(exchange.getRequestHeaders().getFirst("Host"))) {
      return 421;
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return 405;
    }
    return exchange.getRequestURI().getPath().equals(path) ? 0 : 404;
  }

  /** Whether a Host header names this server in a way that no other site can. */
  private boolean isOurName(String header) {
    String host = header == null ? "" : header.replaceFirst(":[0-9]*$", "");
    return host.equalsIgnoreCase("localhost")
        || host.equalsIgnoreCase(boundHost)
        || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
