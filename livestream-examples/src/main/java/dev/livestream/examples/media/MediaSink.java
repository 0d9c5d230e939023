package dev.livestream.examples.media;

import java.io.IOException;

/** Takes media units, in order. */
@FunctionalInterface
public interface MediaSink {
  /**
   * Takes the next unit. May block, for instance until the unit is due.
   *
   * @throws IOException if it cannot be passed on
   * @throws InterruptedException if told to stop while waiting
   */
  void accept(MediaUnit unit) throws IOException, InterruptedException;
}
