package dev.livestream.examples.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.time.Duration;

/** Standard input, read in a way that an interrupt can end. */
final class StandardInput extends InputStream {
  private static final long POLL_MILLIS = 10;

  private final FileInputStream file = new FileInputStream(FileDescriptor.in);
  private final FileChannel channel = file.getChannel();

  /** Waits a while for a first byte; whether there is one. */
  boolean awaitData(Duration atMost) throws IOException, InterruptedException {
    for (long waited = 0; waited < atMost.toMillis(); waited += POLL_MILLIS) {
      if (available() > 0) {
        return true;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return false;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** As {@link InputStream#read(byte[], int, int)}; an interrupt ends the input. */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return channel.read(ByteBuffer.wrap(target, offset, length));
    } catch (ClosedByInterruptException e) {
      return -1;
    }
  }

  @Override
  public int available() throws IOException {
    return file.available();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
