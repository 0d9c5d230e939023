package dev.livestream.fake;

import dev.livestream.spi.Loop;
import dev.livestream.spi.Ticker;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A loop in real time with a thread of its own. */
public final class ThreadLoop implements Loop, AutoCloseable {
  private final Ticker ticker = Ticker.system();
  private final ScheduledThreadPoolExecutor executor;
  private volatile Thread thread;

  /** Starts the thread. */
  public ThreadLoop() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              thread = new Thread(work, "test-loop");
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRejectedExecutionHandler((task, pool) -> {});
    executor.prestartCoreThread();
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public Scheduled schedule(long delayMicros, Runnable task) {
    ScheduledFuture<?> future =
        executor.schedule(task, Math.max(0, delayMicros), TimeUnit.MICROSECONDS);
    return () -> {
      if (future != null) {
        future.cancel(false);
      }
    };
  }

  @Override
  public long nowMicros() {
    return ticker.nowMicros();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
