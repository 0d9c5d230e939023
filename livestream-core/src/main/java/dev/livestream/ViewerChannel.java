package dev.livestream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A viewer as a channel. */
final class ViewerChannel implements ReadableByteChannel {
  private final Viewer viewer;

  ViewerChannel(Viewer viewer) {
    this.viewer = viewer;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return viewer.read(target);
  }

  @Override
  public boolean isOpen() {
    return !viewer.isClosed();
  }

  @Override
  public void close() {
    viewer.close();
  }
}
