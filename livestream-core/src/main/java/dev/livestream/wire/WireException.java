package dev.livestream.wire;

/**
 * Bytes from the network that are not what the wire format allows. The peer that sent them is to
 * blame.
 */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1;

  /** With one sentence that says what is wrong. */
  public WireException(String message) {
    // No stack trace: it would only show the decoder, and a hostile peer could make many.
    super(message, null, false, false);
  }
}
