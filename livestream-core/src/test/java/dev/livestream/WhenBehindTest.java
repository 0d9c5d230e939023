package dev.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.fake.FakeNetwork;
import dev.livestream.fake.ThreadLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WhenBehindTest {
  private static final int CHUNK = 512;
  private static final int WINDOW = 64;

  private final ThreadLoop loop = new ThreadLoop();
  private final FakeNetwork network = new FakeNetwork(loop, 500);
  private final BlockingQueue<StreamEvent> events = new LinkedBlockingQueue<>();

  @AfterEach
  void stopLoop() {
    loop.close();
  }

  private Broadcaster broadcaster(WhenBehind policy) throws Exception {
    return Broadcaster.builder(ChannelKey.generate())
        .transport(network)
        .chunkSize(CHUNK)
        .window(WINDOW)
        .whenBehind(policy)
        .onEvent(events::add)
        .start();
  }

  private static ByteBuffer chunks(int count) {
    return ByteBuffer.allocate(count * CHUNK);
  }

  private StreamEvent await(Class<? extends StreamEvent> kind) throws InterruptedException {
    StreamEvent event = events.take();
    while (!kind.isInstance(event)) {
      event = events.take();
    }
    return event;
  }

  @Test
  void aWriteWaitsUntilTheUplinkHasCaughtUp() throws Exception {
    try (Broadcaster broadcaster = broadcaster(WhenBehind.block(Duration.ofSeconds(50)))) {
      // The pace alone makes the broadcaster fall behind: more than a window in far less than 1 s.
      for (int i = 0; i < 3; i++) {
        broadcaster.write(chunks(WINDOW));
      }
      await(StreamEvent.FellBehind.class);
      broadcaster.write(chunks(1));
      await(StreamEvent.CaughtUp.class);
      assertThat(broadcaster.stats().bytesDelivered()).isEqualTo((3 * WINDOW + 1) * CHUNK);
    }
  }

  @Test
  void aWriteThatMayNotWaitGoesOn() throws Exception {
    try (Broadcaster broadcaster = broadcaster(WhenBehind.dropOldest())) {
      broadcaster.write(chunks(100 * WINDOW));
      await(StreamEvent.FellBehind.class);
      broadcaster.write(chunks(1));
      broadcaster.flush();
      assertThat(broadcaster.stats().chunks()).isEqualTo(100 * WINDOW + 1);
    }
  }

  @Test
  void aWriteIsDroppedWholeWhileBehind() throws Exception {
    try (Broadcaster broadcaster = broadcaster(WhenBehind.dropNewest())) {
      broadcaster.write(chunks(100 * WINDOW));
      await(StreamEvent.FellBehind.class);
      ByteBuffer dropped = chunks(2);
      broadcaster.write(dropped);
      assertThat(dropped.hasRemaining()).isFalse();
      assertThat(await(StreamEvent.WriteDropped.class))
          .isEqualTo(new StreamEvent.WriteDropped(2 * CHUNK));
      assertThat(broadcaster.stats().chunks()).isEqualTo(100 * WINDOW);
    }
  }

  @Test
  void closingEndsAWriteThatWaits() throws Exception {
    Broadcaster broadcaster = broadcaster(WhenBehind.block(Duration.ofHours(1)));
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                while (true) {
                  broadcaster.write(chunks(10 * WINDOW));
                }
              } catch (Exception e) {
                thrown.complete(e);
              }
            });
    writer.start();
    await(StreamEvent.FellBehind.class);
    broadcaster.close();
    assertThat(thrown.get()).isInstanceOf(java.nio.channels.ClosedChannelException.class);
    writer.join();
  }

  @Test
  void anInterruptEndsAWriteThatWaits() throws Exception {
    try (Broadcaster broadcaster = broadcaster(WhenBehind.block(Duration.ofHours(1)))) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread writer =
          new Thread(
              () -> {
                try {
                  while (true) {
                    broadcaster.write(chunks(10 * WINDOW));
                  }
                } catch (Exception e) {
                  thrown.complete(e);
                }
              });
      writer.start();
      await(StreamEvent.FellBehind.class);
      writer.interrupt();
      assertThat(thrown.get()).isInstanceOf(java.io.InterruptedIOException.class);
      writer.join();
    }
  }

  @Test
  void aLongQueueIsBehindUntilHalfOfItIsGone() {
    AtomicLong queue = new AtomicLong();
    List<StreamEvent> heard = new ArrayList<>();
    UplinkGauge gauge = new UplinkGauge(queue::get, 1_024, new EventHub(List.of(heard::add)), 0);
    queue.set(400_000);
    assertThat(gauge.update(1)).isFalse();
    queue.set(400_001);
    assertThat(gauge.update(2)).isTrue();
    queue.set(201_000);
    assertThat(gauge.update(3)).isTrue();
    queue.set(199_000);
    assertThat(gauge.update(4)).isFalse();
    assertThat(gauge.isBehind()).isFalse();
    assertThat(heard)
        .containsExactly(
            new StreamEvent.FellBehind(Duration.ofNanos(400_001_000)), new StreamEvent.CaughtUp());
  }

  @Test
  void theWaitIsValidated() {
    assertThatThrownBy(() -> WhenBehind.block(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 24 hours");
    assertThatThrownBy(() -> new WhenBehind(WhenBehind.Policy.DROP_OLDEST, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
