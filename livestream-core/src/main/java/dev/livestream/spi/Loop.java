package dev.livestream.spi;

/**
 * The one thread on which a transport calls back and on which everything above it runs.
 *
 * <p>Tasks run one after another, never at the same time, and see each other's writes. Nothing that
 * runs here may block. Several transports may share a loop.
 */
public interface Loop extends Ticker {
  /** Whether the calling thread is the loop's. */
  boolean inLoop();

  /**
   * Runs a task on the loop, soon and in order of submission. Callable from any thread. After the
   * loop has ended the task is silently dropped.
   */
  void execute(Runnable task);

  /**
   * Runs a task on the loop after a delay.
   *
   * @param delayMicros how long to wait, in microseconds; zero or less means soon
   * @return a handle that takes the task back
   */
  Scheduled schedule(long delayMicros, Runnable task);

  /** A task that waits for its time. */
  @FunctionalInterface
  interface Scheduled {
    /** Takes the task back if it has not begun. Safe to call twice, and from any thread. */
    void cancel();
  }
}
