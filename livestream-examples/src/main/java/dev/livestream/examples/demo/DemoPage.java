package dev.livestream.examples.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.livestream.examples.web.LocalServer;
import dev.livestream.examples.web.MediaHandler;
import dev.livestream.spi.PeerAddress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The page that shows the demo. */
final class DemoPage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PeerAddress USUAL = new PeerAddress("127.0.0.1", 8080);
  private static final long REFRESH_NANOS = 200_000_000;

  private final LocalServer server;
  private byte[] figures = {};
  private long figuresNanos;

  private DemoPage(LocalServer server) {
    this.server = server;
  }

  /**
   * Opens the server. Where no address is asked for and the usual port is taken, any free one will
   * do.
   */
  static DemoPage open(Optional<PeerAddress> address) throws IOException {
    if (address.isPresent()) {
      return new DemoPage(LocalServer.open(address.get()));
    }
    try {
      return new DemoPage(LocalServer.open(USUAL));
    } catch (IOException e) {
      System.err.println("Port " + USUAL.port() + " is taken, so the page gets another one.");
      return new DemoPage(LocalServer.open(new PeerAddress(USUAL.host(), 0)));
    }
  }

  String url() {
    return server.url();
  }

  void show(Swarm swarm) {
    server.on("/", exchange -> file(exchange, "index.html", "text/html; charset=utf-8"));
    server.on("/demo.css", exchange -> file(exchange, "demo.css", "text/css; charset=utf-8"));
    for (String script : new String[] {"demo.js", "player.js", "graph.js"}) {
      server.on("/" + script, exchange -> file(exchange, script, "text/javascript; charset=utf-8"));
    }
    server.on("/stream", new MediaHandler(swarm.picture()));
    server.on("/swarm.json", exchange -> send(exchange, "application/json", figures(swarm)));
  }

  /** The figures, made anew a few times a second at most, however many pages ask. */
  private synchronized byte[] figures(Swarm swarm) throws IOException {
    long now = System.nanoTime();
    if (figures.length == 0 || now - figuresNanos > REFRESH_NANOS) {
      figures = JSON.writeValueAsBytes(SwarmJson.page(swarm));
      figuresNanos = now;
    }
    return figures;
  }

  private static void file(HttpExchange exchange, String name, String type) throws IOException {
    try (InputStream file = DemoPage.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new FileNotFoundException(name);
      }
      exchange
          .getResponseHeaders()
          .set("Content-Security-Policy", "default-src 'self' blob:; img-src data:");
      send(exchange, type, file.readAllBytes());
    }
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
