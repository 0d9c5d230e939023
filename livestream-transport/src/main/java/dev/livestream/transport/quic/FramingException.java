package dev.livestream.transport.quic;

/** A peer's frame that the mapping does not allow; the connection ends with it. */
final class FramingException extends Exception {
  private static final long serialVersionUID = 1L;

  FramingException(String message) {
    super(message, null, false, false);
  }
}
