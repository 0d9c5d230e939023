package dev.livestream.examples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.livestream.examples.media.MediaUnit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Sends a live stream to players, for as long as they listen. */
public final class MediaHandler implements HttpHandler {
  private final LiveMedia media;

  /**
   * A handler.
   *
   * @param media what is sent
   */
  public MediaHandler(LiveMedia media) {
    this.media = media;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (LiveMedia.Listener listener = media.listen()) {
      exchange.getResponseHeaders().set("Content-Type", listener.contentType());
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      WritableByteChannel channel = Channels.newChannel(body);
      write(channel, listener.header());
      body.flush();
      for (List<MediaUnit> units = listener.take(); !units.isEmpty(); units = listener.take()) {
        for (MediaUnit unit : units) {
          write(channel, unit.data());
        }
        body.flush();
      }
    } catch (InterruptedException e) {
      // The server is closing; the exchange ends here.
      Thread.currentThread().interrupt();
    }
  }

  private static void write(WritableByteChannel channel, ByteBuffer data) throws IOException {
    while (data.hasRemaining()) {
      channel.write(data);
    }
  }
}
