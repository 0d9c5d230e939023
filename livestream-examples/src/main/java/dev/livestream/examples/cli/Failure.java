package dev.livestream.examples.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Something went wrong that the user can understand. The message is one sentence. */
public final class Failure extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message one sentence for the user
   */
  public Failure(String message) {
    super(message);
  }

  private Failure(String message, Throwable cause) {
    super(message, cause);
  }

  /** A file that cannot be used. */
  static Failure ofFile(String doing, Path file, IOException cause) {
    String why =
        cause instanceof NoSuchFileException
            ? "there is no such file or folder"
            : cause instanceof AccessDeniedException
                ? "permission denied"
                : cause instanceof FileAlreadyExistsException
                    ? "it exists already"
                    : String.valueOf(cause.getMessage());
    return new Failure("Cannot " + doing + " " + file + ": " + why + ".", cause);
  }
}
