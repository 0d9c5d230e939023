package dev.livestream.transport.sim;

import dev.livestream.spi.CloseReason;

/** Keeps one end of a connection alive, and notices when it is not. */
final class IdleTimer extends SimEvent {
  private final SimConnection connection;
  private final VirtualTime time;
  private final SimNetworkConfig config;

  IdleTimer(SimConnection connection, VirtualTime time, SimNetworkConfig config) {
    this.connection = connection;
    this.time = time;
    this.config = config;
  }

  /** The connection is being opened. */
  void start() {
    time.schedule(time.nowMicros() + config.connectTimeout(), this);
  }

  @Override
  protected void run() {
    if (connection.isClosed() || !connection.host().alive()) {
      return;
    }
    if (!connection.isOpen()) {
      connection.fail(CloseReason.UNREACHABLE);
      return;
    }
    long now = time.nowMicros();
    if (now - connection.lastHeard() >= config.idleTimeout()) {
      connection.fail(CloseReason.LOST);
      return;
    }
    if (now - lastUsed() >= config.keepAlive()) {
      connection.ping();
    }
    time.schedule(
        Math.min(lastUsed() + config.keepAlive(), connection.lastHeard() + config.idleTimeout()),
        this);
  }

  private long lastUsed() {
    return Math.max(connection.lastSent(), connection.lastHeard());
  }
}
