package dev.livestream.benchmarks.publish;

/** What was asked for cannot be done; the message says why, in one sentence. */
final class PublishException extends Exception {
  private static final long serialVersionUID = 1;

  PublishException(String message) {
    super(message);
  }
}
