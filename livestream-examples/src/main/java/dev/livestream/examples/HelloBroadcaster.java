package dev.livestream.examples;

import dev.livestream.Broadcaster;
import dev.livestream.crypto.ChannelKey;
import java.io.IOException;

/** Broadcasts standard input: {@code camera | java dev.livestream.examples.HelloBroadcaster}. */
public final class HelloBroadcaster {
  private HelloBroadcaster() {}

  /**
   * Broadcasts until the input ends.
   *
   * @param args none
   * @throws IOException if it cannot be read or sent
   */
  public static void main(String[] args) throws IOException {
    try (Broadcaster broadcaster =
        Broadcaster.builder(ChannelKey.generate()).title("Harbour cam").start()) {
      System.out.println(broadcaster.link());
      System.in.transferTo(broadcaster.output());
    }
  }
}
