package dev.livestream.transport.sim;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run shards side by side, the caller's among them; the others start when they are
 * first needed. There are more shards than threads, and whoever is done takes the next: so a thread
 * that has got the heavier hosts, or whose processor is taken away for a moment, holds up no other.
 *
 * <p>A window takes a few milliseconds and there are hundreds in each simulated second. So whoever
 * waits spins for a moment, and naps only then: to be woken would often take longer than the wait.
 */
final class Crew implements AutoCloseable {
  private static final int SPINS = 2_000;
  private static final long NAP_NANOS = 20_000;

  private final List<SimShard> shards;
  private final int threads;
  private final @Nullable Throwable[] failures;
  private final AtomicInteger window = new AtomicInteger();
  private final AtomicInteger next;
  private final AtomicInteger unfinished = new AtomicInteger();
  // Written before the first shard is offered, read after one was taken.
  private long end;
  private volatile boolean closed;
  private boolean started;

  Crew(List<SimShard> shards, int threads) {
    this.shards = shards;
    this.threads = threads;
    this.failures = new @Nullable Throwable[shards.size()];
    this.next = new AtomicInteger(shards.size());
  }

  /** Lets every shard run what is due before a moment; comes back when all have. */
  void runBefore(long endMicros) {
    start();
    end = endMicros;
    unfinished.set(shards.size());
    next.set(0);
    window.incrementAndGet();
    runShards();
    await(() -> unfinished.get() == 0);
    reportFailure();
  }

  private void start() {
    if (closed) {
      throw new IllegalStateException("the threads have been ended");
    }
    if (!started) {
      started = true;
      for (int i = 1; i < threads; i++) {
        Thread thread = new Thread(this::work, "sim-" + i);
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void work() {
    int last = 0;
    while (!closed) {
      int seen = last;
      await(() -> window.get() != seen || closed);
      last = window.get();
      runShards();
    }
  }

  // Whoever comes late finds nothing left, or helps with the next window.
  private void runShards() {
    int count = shards.size();
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      try {
        shards.get(i).runBefore(end);
      } catch (RuntimeException | Error e) {
        failures[i] = e;
      }
      unfinished.decrementAndGet();
    }
  }

  // Of several, the earliest: the one that a single thread would have met.
  private void reportFailure() {
    Throwable first = null;
    long at = Long.MAX_VALUE;
    for (SimShard shard : shards) {
      Throwable failure = failures[shard.index()];
      if (failure != null && shard.time().nowMicros() < at) {
        first = failure;
        at = shard.time().nowMicros();
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw (RuntimeException) first;
    }
  }

  private static void await(BooleanSupplier condition) {
    int spins = 0;
    while (!condition.getAsBoolean()) {
      if (spins++ < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }

  /** Ends the threads that are not the caller's. Not while a window runs. */
  @Override
  public void close() {
    closed = true;
  }
}
