package dev.livestream.examples.media;

import java.io.IOException;

/** Media that is not what it claims to be. */
public final class MediaFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception.
   *
   * @param message what is wrong, as a sentence for the user
   */
  public MediaFormatException(String message) {
    super(message);
  }
}
