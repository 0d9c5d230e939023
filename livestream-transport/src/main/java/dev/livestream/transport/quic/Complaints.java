package dev.livestream.transport.quic;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Logs at most one warning in ten seconds, so that no peer fills a log; the rest is for debugging.
 */
final class Complaints {
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Logger log;
  private long lastNanos = System.nanoTime() - QUIET_NANOS;
  private long suppressed;

  Complaints(Logger log) {
    this.log = log;
  }

  /** Says that something went wrong, loudly if it has not been said for a while. */
  synchronized void warn(String what, Throwable cause) {
    long now = System.nanoTime();
    if (now - lastNanos < QUIET_NANOS) {
      suppressed++;
      log.debug("{}", what, cause);
      return;
    }
    log.warn("{} ({} more since the last warning)", what, suppressed, cause);
    lastNanos = now;
    suppressed = 0;
  }

  /** Says what a peer did, for whoever looks for it. */
  void debug(String what, Object about) {
    log.debug("{}: {}", what, about);
  }
}
