package dev.livestream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A broadcaster as an output stream. */
final class BroadcastOutputStream extends OutputStream {
  private final Broadcaster broadcaster;

  BroadcastOutputStream(Broadcaster broadcaster) {
    this.broadcaster = broadcaster;
  }

  @Override
  public void write(int value) throws IOException {
    broadcaster.write(ByteBuffer.wrap(new byte[] {(byte) value}));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    broadcaster.write(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    // Wrappers flush when they are closed a second time; only bytes after the end are an error.
    if (!broadcaster.isClosed()) {
      broadcaster.flush();
    }
  }

  @Override
  public void close() {
    broadcaster.close();
  }
}
