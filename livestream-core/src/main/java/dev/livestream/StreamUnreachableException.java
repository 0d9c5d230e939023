package dev.livestream;

import java.io.IOException;

/** Nobody who has the stream could be reached. The message is one sentence for people. */
public final class StreamUnreachableException extends IOException {
  private static final long serialVersionUID = 1;

  StreamUnreachableException(String message) {
    super(message);
  }
}
