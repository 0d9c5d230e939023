package dev.livestream.transport.sim;

import dev.livestream.spi.CloseReason;

/** What the two ends of a connection say to each other on their own behalf. */
sealed interface OwnFrame {
  /**
   * The frame's length.
   *
   * @param packetContent what one packet can carry; who dials fills a whole one, as QUIC does
   */
  int bytes(int packetContent);

  /** The steps of the handshake: certificates travel in both directions. */
  enum Handshake implements OwnFrame {
    INITIAL,
    SERVER_FLIGHT,
    CLIENT_FINISH;

    @Override
    public int bytes(int packetContent) {
      return switch (this) {
        case INITIAL -> packetContent;
        case SERVER_FLIGHT -> 2_400;
        case CLIENT_FINISH -> 1_300;
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
