package dev.livestream.transport.swarm;

import dev.livestream.Viewer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a viewer to its end, in the background. */
final class Reader {
  private final Viewer viewer;
  private final AtomicLong count = new AtomicLong();
  private final CompletableFuture<byte[]> all = new CompletableFuture<>();

  private Reader(Viewer viewer) {
    this.viewer = viewer;
  }

  static Reader of(Viewer viewer) {
    Reader reader = new Reader(viewer);
    Thread thread = new Thread(reader::read, "test-reader");
    thread.setDaemon(true);
    thread.start();
    return reader;
  }

  private void read() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try {
      while (viewer.read(buffer.clear()) >= 0) {
        bytes.write(buffer.array(), 0, buffer.position());
        count.addAndGet(buffer.position());
      }
      all.complete(bytes.toByteArray());
    } catch (IOException e) {
      all.completeExceptionally(e);
    }
  }

  Viewer viewer() {
    return viewer;
  }

  /** How many bytes were read up to now. */
  long count() {
    return count.get();
  }

  /** Everything, once the stream has ended. */
  byte[] all() {
    return all.join();
  }
}
