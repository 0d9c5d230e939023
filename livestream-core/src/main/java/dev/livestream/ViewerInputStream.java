package dev.livestream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A viewer as an input stream. */
final class ViewerInputStream extends InputStream {
  private final Viewer viewer;
  private final MediaReader reader;

  ViewerInputStream(Viewer viewer, MediaReader reader) {
    this.viewer = viewer;
    this.reader = reader;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return reader.read(ByteBuffer.wrap(target, offset, length));
  }

  @Override
  public int available() {
    return reader.available();
  }

  @Override
  public void close() {
    viewer.close();
  }
}
