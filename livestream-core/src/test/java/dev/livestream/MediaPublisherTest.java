package dev.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.fake.FakeNetwork;
import dev.livestream.fake.ThreadLoop;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MediaPublisherTest {
  private final ThreadLoop loop = new ThreadLoop();
  private final FakeNetwork network = new FakeNetwork(loop, 500);
  private Broadcaster broadcaster;
  private Viewer viewer;

  @BeforeEach
  void begin() throws Exception {
    broadcaster = Broadcaster.builder(ChannelKey.generate()).transport(network).start();
    viewer =
        Viewer.builder(broadcaster.link())
            .transport(network)
            .targetLatency(java.time.Duration.ofSeconds(10))
            .join();
  }

  @AfterEach
  void end() {
    viewer.close();
    broadcaster.close();
    loop.close();
  }

  /** Asks for one buffer after the other. */
  private static class Collector implements Flow.Subscriber<ByteBuffer> {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final CompletableFuture<Boolean> done = new CompletableFuture<>();
    Flow.Subscription subscription;
    int outstanding;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      ask();
    }

    void ask() {
      outstanding++;
      subscription.request(1);
    }

    @Override
    public void onNext(ByteBuffer item) {
      outstanding--;
      if (outstanding < 0) {
        done.completeExceptionally(new AssertionError("more than was asked for"));
      }
      byte[] copy = new byte[item.remaining()];
      item.get(copy);
      bytes.writeBytes(copy);
      ask();
    }

    @Override
    public void onError(Throwable error) {
      done.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      done.complete(true);
    }
  }

  @Test
  void aSubscriberGetsEveryByteAsItAsksAndThenTheEnd() throws Exception {
    byte[] media = new byte[200_000];
    new Random(3).nextBytes(media);
    Collector collector = new Collector();
    viewer.publisher().subscribe(collector);
    broadcaster.write(ByteBuffer.wrap(media));
    broadcaster.close();
    assertThat(collector.done.get()).isTrue();
    assertThat(collector.bytes.toByteArray()).isEqualTo(media);
  }

  @Test
  void closingTheViewerFailsTheSubscriber() {
    Collector collector = new Collector();
    viewer.publisher().subscribe(collector);
    viewer.close();
    assertThat(collector.done)
        .failsWithin(java.time.Duration.ofSeconds(20))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(java.nio.channels.ClosedChannelException.class);
  }

  @Test
  void aSecondSubscriberIsRefused() {
    Flow.Publisher<ByteBuffer> publisher = viewer.publisher(Runnable::run);
    publisher.subscribe(new Collector());
    Collector second = new Collector();
    publisher.subscribe(second);
    assertThat(second.done).isCompletedExceptionally();
  }

  @Test
  void askingForNothingIsAnError() {
    Collector wrong =
        new Collector() {
          @Override
          void ask() {
            subscription.request(0);
          }
        };
    viewer.publisher(Runnable::run).subscribe(wrong);
    assertThat(wrong.done)
        .failsWithin(java.time.Duration.ofSeconds(20))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(IllegalArgumentException.class);
  }
}
