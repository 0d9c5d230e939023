package dev.livestream.fake;

import dev.livestream.spi.Loop;
import java.util.PriorityQueue;

/** A loop under virtual time, whose thread is the test's. */
public final class ManualLoop implements Loop {
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now = 1_700_000_000_000_000L;
  private long order;

  private static final class Task implements Comparable<Task>, Scheduled {
    private final long due;
    private final long order;
    private Runnable work;

    Task(long due, long order, Runnable work) {
      this.due = due;
      this.order = order;
      this.work = work;
    }

    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(due, other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }

    @Override
    public void cancel() {
      work = () -> {};
    }
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public void execute(Runnable task) {
    schedule(0, task);
  }

  @Override
  public Scheduled schedule(long delayMicros, Runnable task) {
    Task scheduled = new Task(now + Math.max(0, delayMicros), order++, task);
    tasks.add(scheduled);
    return scheduled;
  }

  @Override
  public long nowMicros() {
    return now;
  }

  /** Lets time pass, and does what is due. */
  public void run(long micros) {
    long end = now + micros;
    while (!tasks.isEmpty() && tasks.peek().due <= end) {
      Task next = tasks.poll();
      now = Math.max(now, next.due);
      next.work.run();
    }
    now = end;
  }
}
