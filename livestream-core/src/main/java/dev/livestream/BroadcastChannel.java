package dev.livestream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A broadcaster as a channel. */
final class BroadcastChannel implements WritableByteChannel {
  private final Broadcaster broadcaster;

  BroadcastChannel(Broadcaster broadcaster) {
    this.broadcaster = broadcaster;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = source.remaining();
    broadcaster.write(source);
    return count;
  }

  @Override
  public boolean isOpen() {
    return !broadcaster.isClosed();
  }

  @Override
  public void close() {
    broadcaster.close();
  }
}
