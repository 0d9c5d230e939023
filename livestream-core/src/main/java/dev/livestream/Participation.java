package dev.livestream;

import dev.livestream.node.LoopCall;
import dev.livestream.node.StreamConfig;
import dev.livestream.node.StreamListener;
import dev.livestream.node.StreamNode;
import dev.livestream.node.StreamSnapshot;
import dev.livestream.spi.PeerAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A stream on an endpoint, which is closed with it if it is a private one. */
final class Participation {
  private static final long LINGER_CHECK_MILLIS = 20;

  private final Endpoint endpoint;
  private final boolean ownsEndpoint;
  private final StreamNode stream;
  private final EventHub events;

  private Participation(
      Endpoint endpoint, boolean ownsEndpoint, StreamNode stream, EventHub events) {
    this.endpoint = endpoint;
    this.ownsEndpoint = ownsEndpoint;
    this.stream = stream;
    this.events = events;
  }

  static Participation begin(
      StreamBuilder<?> choices, StreamConfig config, StreamListener listener, EventHub events)
      throws IOException {
    Endpoint endpoint = choices.openEndpoint();
    try {
      if (endpoint.node().loop().inLoop()) {
        throw new IllegalStateException("This waits, so it cannot be done on the endpoint's loop.");
      }
      StreamNode stream = endpoint.node().join(config, listener);
      return new Participation(endpoint, choices.ownsEndpoint(), stream, events);
    } catch (RuntimeException | Error e) {
      if (choices.ownsEndpoint()) {
        endpoint.close();
      }
      throw e;
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  StreamNode stream() {
    return stream;
  }

  EventHub events() {
    return events;
  }

  /** The endpoint is gone, so nothing will come any more. */
  boolean isDown() {
    return endpoint.node().isClosed();
  }

  void refuseOnLoop(String what) {
    if (endpoint.node().loop().inLoop()) {
      throw new IllegalStateException(
          what + " may wait, so it cannot be called on the endpoint's loop.");
    }
  }

  StreamSnapshot snapshot() {
    try {
      return LoopCall.get(endpoint.node(), stream::snapshot);
    } catch (IllegalStateException e) {
      // The endpoint is closed; it has left a last snapshot.
      StreamSnapshot last = stream.lastSnapshot();
      if (last == null) {
        throw e;
      }
      return last;
    }
  }

  SwarmView swarm() {
    return EngineMapping.swarm(endpoint.id(), snapshot().topology());
  }

  /** A link whose first hints are this endpoint's own addresses. */
  StreamLink linkThrough(StreamLink joined) {
    Set<PeerAddress> hints = new LinkedHashSet<>(endpoint.reachableAt());
    hints.addAll(joined.hints());
    List<PeerAddress> few = hints.stream().limit(StreamLink.MAX_HINTS).toList();
    return joined.withHints(few);
  }

  /** Goes on serving until those connected have what they need, or for as long as is allowed. */
  void lingerUntilDrained(Duration atMost) {
    lingerUntil(stream::drained, atMost);
  }

  /** Goes on serving until those served here have found others, or for as long as is allowed. */
  void lingerUntilReplaced(Duration atMost) {
    if (!atMost.isZero()) {
      endpoint.node().loop().execute(stream::withdraw);
      lingerUntil(stream::withdrawn, atMost);
    }
  }

  private void lingerUntil(BooleanSupplier done, Duration atMost) {
    CountDownLatch over = new CountDownLatch(1);
    endpoint.node().loop().execute(() -> check(done, over));
    try {
      if (!atMost.isZero()) {
        over.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over.countDown();
    }
  }

  private void check(BooleanSupplier done, CountDownLatch over) {
    if (done.getAsBoolean()) {
      over.countDown();
    } else if (over.getCount() > 0) {
      endpoint
          .node()
          .loop()
          .schedule(TimeUnit.MILLISECONDS.toMicros(LINGER_CHECK_MILLIS), () -> check(done, over));
    }
  }

  void leave() {
    try {
      LoopCall.get(
          endpoint.node(),
          () -> {
            stream.leave();
            return true;
          });
    } catch (IllegalStateException e) {
      // The endpoint was closed before, and has left all its streams.
      return;
    } finally {
      if (ownsEndpoint) {
        endpoint.close();
      }
    }
  }
}
