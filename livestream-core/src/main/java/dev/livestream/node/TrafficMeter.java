package dev.livestream.node;

import java.util.concurrent.atomic.AtomicLong;

/** Adds up what goes through connections. On the loop only, but for {@link #malformed}. */
final class TrafficMeter {
  private long bytesUp;
  private long bytesDown;
  private final AtomicLong malformed = new AtomicLong();

  void sent(int bytes) {
    bytesUp += bytes;
  }

  void received(int bytes) {
    bytesDown += bytes;
  }

  void refused() {
    malformed.incrementAndGet();
  }

  /** Frames refused. Callable from any thread. */
  long malformed() {
    return malformed.get();
  }

  StreamSnapshot.Traffic snapshot() {
    return new StreamSnapshot.Traffic(bytesUp, bytesDown, malformed.get());
  }
}
