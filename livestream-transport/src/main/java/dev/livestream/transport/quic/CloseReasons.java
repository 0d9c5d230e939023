package dev.livestream.transport.quic;

import dev.livestream.spi.CloseReason;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;

/** The reasons for closing, and what QUIC says for them on the wire. */
final class CloseReasons {
  /** The transport error code for one connection too many: said before anybody is authenticated. */
  static final int CONNECTION_REFUSED = 0x02;

  private static final int NO_ERROR = 0x00;
  private static final int NO_APPLICATION_PROTOCOL = 120;

  private CloseReasons() {}

  /** The application error code that is sent; reasons found out locally go as "done". */
  static int code(CloseReason reason) {
    return Math.max(CloseReason.DONE.code(), reason.code());
  }

  /** What the other side meant. */
  static CloseReason of(QuicConnectionCloseEvent event) {
    if (event.isApplicationClose()) {
      return CloseReason.ofCode(event.error());
    }
    if (event.error() == CONNECTION_REFUSED) {
      return CloseReason.BUSY;
    }
    if (event.error() == NO_ERROR) {
      return CloseReason.DONE;
    }
    if (event.isTlsError()
        && QuicConnectionCloseEvent.extractTlsError(event.error()) == NO_APPLICATION_PROTOCOL) {
      return CloseReason.VERSION;
    }
    return CloseReason.PROTOCOL_ERROR;
  }
}
