package dev.livestream;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A viewer as a publisher. What is not asked for stays in the viewer's queue and is bounded there.
 *
 * <p>Whenever bytes come or are asked for, a run is ordered; a counter of orders keeps runs from
 * overlapping and from being lost (the queue-drain pattern of reactive libraries).
 */
final class MediaPublisher implements Flow.Publisher<ByteBuffer> {
  private final MediaQueue queue;
  private final MediaReader reader;
  private final Executor executor;
  private final AtomicBoolean taken = new AtomicBoolean();

  MediaPublisher(MediaQueue queue, MediaReader reader, Executor executor) {
    this.queue = queue;
    this.reader = reader;
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    if (taken.compareAndSet(false, true)) {
      Feeding feeding = new Feeding(subscriber);
      feeding.order();
      queue.onAvailable(feeding::order);
      return;
    }
    // The contract wants every subscriber to be given a subscription first, even one refused.
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {
            // There will be nothing.
          }

          @Override
          public void cancel() {
            // There is nothing to cancel.
          }
        });
    subscriber.onError(new IllegalStateException("This publisher has a subscriber already."));
  }

  /** The one subscription. */
  private final class Feeding implements Flow.Subscription, Runnable {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final AtomicInteger orders = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean done;
    private volatile @Nullable Throwable misuse;
    private boolean subscribed;

    Feeding(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long count) {
      if (count <= 0) {
        misuse = new IllegalArgumentException("A request must be positive, not " + count + ".");
      } else {
        demand.accumulateAndGet(count, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
      }
      order();
    }

    @Override
    public void cancel() {
      done = true;
    }

    void order() {
      if (orders.getAndIncrement() == 0) {
        try {
          executor.execute(this);
        } catch (RejectedExecutionException e) {
          done = true;
        }
      }
    }

    @Override
    public void run() {
      int served = orders.get();
      do {
        serve();
        served = orders.addAndGet(-served);
      } while (served > 0);
    }

    private void serve() {
      if (done) {
        return;
      }
      try {
        if (!subscribed) {
          subscribed = true;
          subscriber.onSubscribe(this);
        }
        feed();
      } catch (RuntimeException e) {
        // A subscriber that throws has broken the contract and gets no more.
        done = true;
      }
    }

    private void feed() {
      Throwable error = misuse;
      if (error != null) {
        done = true;
        subscriber.onError(error);
        return;
      }
      while (!done && demand.get() > 0) {
        ByteBuffer bytes = reader.poll();
        if (bytes == null) {
          break;
        }
        if (demand.get() != Long.MAX_VALUE) {
          demand.decrementAndGet();
        }
        subscriber.onNext(bytes);
      }
      if (!done && reader.isAtEnd()) {
        done = true;
        subscriber.onComplete();
      } else if (!done && queue.isClosed()) {
        done = true;
        subscriber.onError(new ClosedChannelException());
      }
    }
  }
}
