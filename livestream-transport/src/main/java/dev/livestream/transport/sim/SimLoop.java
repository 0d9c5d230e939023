package dev.livestream.transport.sim;

import dev.livestream.spi.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of one simulated program: its tasks are events of virtual time, run by whoever moves the
 * time on.
 *
 * <p>Not thread-safe, unlike other loops: tasks are handed over by the thread that moves the time,
 * or while it waits.
 */
final class SimLoop implements Loop {
  private static final Logger LOG = LoggerFactory.getLogger(SimLoop.class);

  private final SimHost host;
  private int depth;
  private boolean halted;

  SimLoop(SimHost host) {
    this.host = host;
  }

  @Override
  public long nowMicros() {
    return host.nowMicros();
  }

  @Override
  public boolean inLoop() {
    return depth > 0;
  }

  @Override
  public void execute(Runnable task) {
    schedule(0, task);
  }

  @Override
  public Scheduled schedule(long delayMicros, Runnable task) {
    Task event = new Task(task);
    host.schedule(host.nowMicros() + Math.max(0, delayMicros), event);
    return event::cancel;
  }

  /** Runs something as if it were a task that has just come to its turn. */
  void enter(Runnable task) {
    depth++;
    try {
      task.run();
    } finally {
      depth--;
    }
  }

  /** Drops every task from now on: the program has crashed. */
  void halt() {
    halted = true;
  }

  private final class Task extends SimEvent {
    private final Runnable task;
    private boolean cancelled;

    Task(Runnable task) {
      this.task = task;
    }

    void cancel() {
      cancelled = true;
    }

    @Override
    protected void run() {
      if (cancelled || halted) {
        return;
      }
      try {
        enter(task);
      } catch (RuntimeException | Error e) {
        LOG.error("a task on the loop threw", e);
      }
    }
  }
}
