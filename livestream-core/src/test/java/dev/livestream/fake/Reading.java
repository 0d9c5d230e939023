package dev.livestream.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** Reads in the background. */
public final class Reading {
  private Reading() {}

  /** All that comes until the end. */
  public static CompletableFuture<byte[]> all(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return in.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> {
          Thread thread = new Thread(task, "test-reader");
          thread.setDaemon(true);
          thread.start();
        });
  }
}
