package dev.livestream.transport.quic;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one endpoint, and the QUIC channels below them, which live a little longer.
 */
final class Connections {
  private final Set<QuicConnection> live = new LinkedHashSet<>();
  private volatile int open;
  private int channels;
  private @Nullable Runnable whenNoChannels;

  /** Those that are open or being opened. */
  List<QuicConnection> live() {
    return List.copyOf(live);
  }

  int liveCount() {
    return live.size();
  }

  /** Those that are open; callable from any thread. */
  int openCount() {
    return open;
  }

  void add(QuicConnection connection) {
    live.add(connection);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Written on the loop alone.
  void opened() {
    open++;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Written on the loop alone.
  void closed(QuicConnection connection, boolean wasOpen) {
    live.remove(connection);
    if (wasOpen) {
      open--;
    }
  }

  void channelOpened() {
    channels++;
  }

  void channelClosed() {
    channels--;
    Runnable action = whenNoChannels;
    if (channels == 0 && action != null) {
      whenNoChannels = null;
      action.run();
    }
  }

  /** Runs an action when the last channel has closed, at once if there is none. */
  void whenNoChannels(Runnable action) {
    if (channels == 0) {
      action.run();
    } else {
      whenNoChannels = action;
    }
  }
}
