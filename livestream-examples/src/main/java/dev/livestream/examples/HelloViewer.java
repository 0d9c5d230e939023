package dev.livestream.examples;

import dev.livestream.StreamLink;
import dev.livestream.Viewer;
import java.io.IOException;
import java.time.Duration;

/** Writes a stream to standard output: {@code java dev.livestream.examples.HelloViewer LINK}. */
public final class HelloViewer {
  private HelloViewer() {}

  /**
   * Views until the broadcast ends.
   *
   * @param args the link
   * @throws IOException if nobody who has the stream can be reached, or it cannot be written
   */
  public static void main(String[] args) throws IOException {
    try (Viewer viewer =
        Viewer.builder(StreamLink.parse(args[0])).targetLatency(Duration.ofSeconds(1)).join()) {
      viewer.input().transferTo(System.out);
    }
    System.out.flush();
  }
}
