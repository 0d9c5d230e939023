package dev.livestream.spi;

/**
 * Why a connection ended. The codes are part of the wire.
 *
 * <p>{@link #LOST}, {@link #UNREACHABLE} and {@link #WRONG_PEER} are found out locally and never
 * sent.
 */
public enum CloseReason {
  /** The other side or this one has no more use for the connection. */
  DONE(0),
  /** The peer is leaving. */
  LEAVING(1),
  /** No room for another connection. */
  BUSY(2),
  /** The peer broke the protocol: malformed, oversized, too many or out of order. */
  PROTOCOL_ERROR(3),
  /** The peer sent something forged. */
  FORGERY(4),
  /** The stream is not known here. */
  UNKNOWN_STREAM(5),
  /** No version in common. */
  VERSION(6),
  /** Silence for longer than the idle timeout. */
  LOST(-1),
  /** Nobody answered, or the address cannot be resolved. */
  UNREACHABLE(-2),
  /** Whoever answered is not the expected peer. */
  WRONG_PEER(-3);

  private final int code;

  CloseReason(int code) {
    this.code = code;
  }

  /** The code on the wire; negative if never sent. */
  public int code() {
    return code;
  }

  /** The reason for a code from the wire; {@link #PROTOCOL_ERROR} for one not known. */
  public static CloseReason ofCode(long code) {
    for (CloseReason reason : values()) {
      if (reason.code >= 0 && reason.code == code) {
        return reason;
      }
    }
    return PROTOCOL_ERROR;
  }
}
