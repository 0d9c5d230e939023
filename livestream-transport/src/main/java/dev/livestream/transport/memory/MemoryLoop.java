package dev.livestream.transport.memory;

import dev.livestream.spi.Loop;
import dev.livestream.spi.Ticker;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one daemon thread of a memory network, and the order in which its connections take turns.
 *
 * <p>Each turn moves one frame of every connection that has any, so a backlog delays its own
 * connection only, and tasks get in between.
 */
final class MemoryLoop implements Loop {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryLoop.class);
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final Ticker ticker = Ticker.system();
  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  private final Queue<MemoryConnection> busy = new ArrayDeque<>();
  private boolean turnComes;

  MemoryLoop() {
    executor =
        new ScheduledThreadPoolExecutor(1, this::start, new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private Thread start(Runnable run) {
    Thread started = new Thread(run, "livestream-memory-" + THREADS.incrementAndGet());
    started.setDaemon(true);
    thread = started;
    return started;
  }

  @Override
  public long nowMicros() {
    return ticker.nowMicros();
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(() -> run(task));
  }

  @Override
  public Scheduled schedule(long delayMicros, Runnable task) {
    Future<?> future =
        executor.schedule(() -> run(task), Math.max(0, delayMicros), TimeUnit.MICROSECONDS);
    return () -> future.cancel(false);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a task on the loop threw", e);
    }
  }

  /** Gives a connection its turns until it has nothing left to send. On the loop. */
  void wake(MemoryConnection connection) {
    busy.add(connection);
    if (!turnComes) {
      turnComes = true;
      execute(this::turn);
    }
  }

  private void turn() {
    turnComes = false;
    for (int left = busy.size(); left > 0; left--) {
      busy.remove().sendNext();
    }
  }

  /** Ends the thread; what waits is dropped. */
  void end() {
    executor.shutdown();
  }
}
