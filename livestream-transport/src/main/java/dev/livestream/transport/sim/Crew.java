package dev.livestream.transport.sim;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run shards side by side: the caller's for the first shard, one of its own for
 * each other, started when first needed.
 *
 * <p>A window takes a few milliseconds and there are hundreds in each simulated second. So whoever
 * waits spins for a moment, and naps only then: to be woken would often take longer than the wait.
 */
final class Crew implements AutoCloseable {
  private static final int SPINS = 2_000;
  private static final long NAP_NANOS = 20_000;

  private final List<SimShard> shards;
  private final @Nullable Throwable[] failures;
  private final AtomicInteger window = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  // Written before the window is counted up, read after.
  private long end;
  private volatile boolean closed;
  private boolean started;

  Crew(List<SimShard> shards) {
    this.shards = shards;
    this.failures = new @Nullable Throwable[shards.size()];
  }

  /** Lets every shard run what is due before a moment; comes back when all have. */
  void runBefore(long endMicros) {
    if (shards.size() > 1) {
      start();
      end = endMicros;
      busy.set(shards.size() - 1);
      window.incrementAndGet();
    }
    run(shards.get(0), endMicros);
    await(() -> busy.get() == 0);
    reportFailure();
  }

  private void start() {
    if (closed) {
      throw new IllegalStateException("the threads have been ended");
    }
    if (!started) {
      started = true;
      for (SimShard shard : shards.subList(1, shards.size())) {
        Thread thread = new Thread(() -> work(shard), "sim-shard-" + shard.index());
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void work(SimShard shard) {
    int done = 0;
    while (true) {
      int last = done;
      await(() -> window.get() != last || closed);
      if (closed) {
        return;
      }
      done++;
      run(shard, end);
      busy.decrementAndGet();
    }
  }

  private void run(SimShard shard, long endMicros) {
    try {
      shard.runBefore(endMicros);
    } catch (RuntimeException | Error e) {
      failures[shard.index()] = e;
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
