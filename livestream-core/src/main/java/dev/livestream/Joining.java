package dev.livestream;

import dev.livestream.node.LoopCall;
import dev.livestream.spi.CloseReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Waits for a first peer, and says what is wrong if none answers.
 *
 * <p>A hello is not enough: only when a peer has answered ours with the stream's description does
 * it count us among those it serves, so that what is written from then on is not missed.
 */
final class Joining {
  private Joining() {}

  static void await(
      Participation participation, CountDownLatch answered, StreamLink link, Duration timeout)
      throws IOException {
    boolean joined = false;
    try {
      joined = answered.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (!joined) {
        throw new StreamUnreachableException(
            participation.snapshot().engine().peers() > 0
                ? "A peer of this stream answers, but does not know what it is; is the broadcaster"
                    + " still running?"
                : sentence(link, lastFailure(participation)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while joining");
    } finally {
      if (!joined) {
        participation.leave();
      }
    }
  }

  private static Optional<CloseReason> lastFailure(Participation participation) {
    return LoopCall.get(
        participation.endpoint().node(),
        () -> Optional.ofNullable(participation.stream().lastFailure()));
  }

  private static String sentence(StreamLink link, Optional<CloseReason> failure) {
    if (link.hints().isEmpty()) {
      return "No peer of this stream is known: its link names no address.";
    }
    String where = link.hints().stream().map(Object::toString).collect(Collectors.joining(", "));
    if (failure.equals(Optional.of(CloseReason.UNKNOWN_STREAM))) {
      return "Whoever answers at "
          + where
          + " does not have this stream; has the broadcaster begun another one?";
    }
    if (failure.equals(Optional.of(CloseReason.VERSION))) {
      return "The peer at " + where + " speaks another version of the protocol.";
    }
    return "No peer of this stream answers at " + where + "; is the broadcaster still running?";
  }
}
