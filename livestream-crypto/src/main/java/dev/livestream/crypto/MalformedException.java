package dev.livestream.crypto;

/**
 * Bytes from outside that are not a canonical encoding of what they claim to be.
 *
 * <p>Every decoder of this module throws this and nothing else, whatever it is fed. It carries no
 * stack trace: it is thrown on the hostile path, where filling one in would cost more than the
 * check that failed.
 */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message one sentence that says what is wrong
   */
  public MalformedException(String message) {
    super(message, null, false, false);
  }
}
