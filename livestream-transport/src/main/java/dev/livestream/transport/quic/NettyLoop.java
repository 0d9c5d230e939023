package dev.livestream.transport.quic;

import dev.livestream.spi.Loop;
import dev.livestream.spi.Ticker;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A Netty event loop as the SPI sees it. */
final class NettyLoop implements Loop {
  private final EventLoop eventLoop;
  private final Ticker ticker;
  private final Complaints complaints;

  NettyLoop(EventLoop eventLoop, Ticker ticker, Complaints complaints) {
    this.eventLoop = eventLoop;
    this.ticker = ticker;
    this.complaints = complaints;
  }

  @Override
  public long nowMicros() {
    return ticker.nowMicros();
  }

  @Override
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    try {
      eventLoop.execute(guarded(task));
    } catch (RejectedExecutionException ended) {
      // The contract: after the loop has ended, tasks are dropped in silence.
      complaints.debug("task dropped", "the loop has ended");
    }
  }

  @Override
  public Scheduled schedule(long delayMicros, Runnable task) {
    try {
      ScheduledFuture<?> future =
          eventLoop.schedule(guarded(task), Math.max(0, delayMicros), TimeUnit.MICROSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException ended) {
      return () -> {};
    }
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        complaints.warn("a task on the loop failed", e);
      }
    };
  }
}
