package dev.livestream;

/** A text that is not a stream's link. The message is one sentence that says why, for people. */
public final class InvalidLinkException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  InvalidLinkException(String message) {
    super(message);
  }
}
