package dev.livestream.crypto;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A key file that cannot be used. The message is one sentence that can be shown to a user. */
public final class KeyFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message one sentence that names the file and says what is wrong with it
   */
  public KeyFileException(String message) {
    this(message, null);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message one sentence that names the file and says what is wrong with it
   * @param cause what led to it, or null
   */
  public KeyFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
