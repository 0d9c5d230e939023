package dev.livestream.transport.sim;

import dev.livestream.spi.CloseReason;

/**
 * What one end of a connection has heard of the other, and let it hear: keeps the connection alive,
 * notices when it is not, and knows when an acknowledgement is due.
 */
final class IdleTimer extends SimEvent {
  private static final int PACKETS_PER_ACK = 4;

  private final SimConnection connection;
  private final SimHost host;
  private final SimNetworkConfig config;
  private long lastSent;
  // Acknowledgements included.
  private long lastSign;
  private long lastHeard;
  private int unacknowledged;

  IdleTimer(SimConnection connection, SimHost host, SimNetworkConfig config) {
    this.connection = connection;
    this.host = host;
    this.config = config;
    sent();
    heard();
  }

  /** The connection is being opened. */
  void start() {
    host.schedule(host.nowMicros() + config.connectTimeout(), this);
  }

  /** This end has sent something of its own. */
  void sent() {
    lastSent = host.nowMicros();
    lastSign = lastSent;
  }

  /** When there last was a sign of the other end's life. */
  long lastHeard() {
    return lastHeard;
  }

  /** A sign of the other end's life. */
  void heard() {
    lastHeard = host.nowMicros();
  }

  /**
   * How many acknowledgements to send for packets that have come. They ride along with what this
   * end sends; by themselves if there are several, or if it has nothing to say for long, or if the
   * other end waits for one.
   */
  int acknowledgementsFor(int packets, boolean awaited) {
    heard();
    unacknowledged += packets;
    int due = unacknowledged / PACKETS_PER_ACK;
    unacknowledged -= due * PACKETS_PER_ACK;
    if (due == 0 && (awaited || lastHeard - lastSign > config.keepAlive() / 2)) {
      due = 1;
      unacknowledged = 0;
    }
    if (due > 0) {
      lastSign = lastHeard;
    }
    return due;
  }

  @Override
  protected void run() {
    if (connection.isClosed() || !host.alive()) {
      return;
    }
    if (!connection.isOpen()) {
      connection.fail(CloseReason.UNREACHABLE);
      return;
    }
    long now = host.nowMicros();
    if (now - lastHeard >= config.idleTimeout()) {
      connection.fail(CloseReason.LOST);
      return;
    }
    if (now - lastUsed() >= config.keepAlive()) {
      connection.ping();
    }
    host.schedule(
        Math.min(lastUsed() + config.keepAlive(), lastHeard + config.idleTimeout()), this);
  }

  private long lastUsed() {
    return Math.max(lastSent, lastHeard);
  }
}
