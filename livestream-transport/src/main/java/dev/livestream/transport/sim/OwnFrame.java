package dev.livestream.transport.sim;

import dev.livestream.spi.CloseReason;

/** What the two ends of a connection say to each other on their own behalf. */
sealed interface OwnFrame {
  /**
   * The frame's length.
   *
   * @param packetContent what one packet can carry; the first of both sides fill a whole one, as
   *     QUIC does
   */
  int bytes(int packetContent);

  /**
   * The steps of the handshake, certificates in both directions, as long as over real QUIC. The
   * server's last one, with the ticket for a session to come, nobody waits for.
   */
  enum Handshake implements OwnFrame {
    INITIAL,
    SERVER_FLIGHT,
    CLIENT_FINISH,
    SERVER_FINISH;

    @Override
    public int bytes(int packetContent) {
      return switch (this) {
        case INITIAL, SERVER_FLIGHT -> packetContent;
        case CLIENT_FINISH -> 1_540;
        case SERVER_FINISH -> 1_105;
      };
    }
  }

  /** A sign of life. */
  record Ping() implements OwnFrame {
    @Override
    public int bytes(int packetContent) {
      return 4;
    }
  }

  /** The last frame: why the connection ends. */
  record Closing(CloseReason reason) implements OwnFrame {
    @Override
    public int bytes(int packetContent) {
      return 16;
    }
  }
}
