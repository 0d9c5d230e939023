package dev.livestream.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.Connection;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.spi.Transport;
import dev.livestream.spi.TransportConfig;
import dev.livestream.transport.RealTimeHarness;
import dev.livestream.transport.RecordingHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is particular to the memory network. */
final class MemoryNetworkTest {
  private static final PeerAddress ANY_PORT = new PeerAddress("camera.example", 0);

  private final MemoryNetwork network = new MemoryNetwork();
  private final RealTimeHarness waiting = new RealTimeHarness(network, ANY_PORT, ANY_PORT);
  private final List<RecordingHandler> accepted = new CopyOnWriteArrayList<>();

  private Transport open(MemoryNetwork where, PeerAddress address) throws IOException {
    return where.open(
        new TransportConfig(PeerIdentity.generate(), address, TransportConfig.Limits.DEFAULT),
        () -> {
          RecordingHandler handler = handler();
          accepted.add(handler);
          return handler;
        });
  }

  private static RecordingHandler handler() {
    return new RecordingHandler(() -> null);
  }

  private RecordingHandler connect(Transport from, PeerAddress to) {
    RecordingHandler handler = handler();
    from.loop().execute(() -> from.connect(to, null, handler));
    assertThat(waiting.await(() -> handler.isOpened() || handler.isClosed())).isTrue();
    return handler;
  }

  @Test
  void whoListensEverywhereIsFoundUnderEveryName() throws IOException {
    try (Transport everywhere = open(network, new PeerAddress("0.0.0.0", 5_000));
        Transport exact = open(network, new PeerAddress("two.example", 5_000));
        Transport viewer = open(network, ANY_PORT)) {
      assertThat(connect(viewer, new PeerAddress("one.example", 5_000)).connection().remoteId())
          .isEqualTo(everywhere.localId());
      assertThat(connect(viewer, new PeerAddress("two.example", 5_000)).connection().remoteId())
          .isEqualTo(exact.localId());
      assertThat(connect(viewer, new PeerAddress("one.example", 5_001)).closeReasons())
          .containsExactly(CloseReason.UNREACHABLE);
    }
  }

  @Test
  void whoListensEverywhereIsSeenAtAnAddressThatCanBeReached() throws IOException {
    try (Transport everywhere = open(network, new PeerAddress("::", 0));
        Transport viewer = open(network, ANY_PORT)) {
      connect(everywhere, viewer.localAddress());

      PeerAddress seen = accepted.get(0).connection().remoteAddress();

      assertThat(connect(viewer, seen).connection().remoteId()).isEqualTo(everywhere.localId());
    }
  }

  @Test
  void networksDoNotSeeEachOther() throws IOException {
    MemoryNetwork elsewhere = new MemoryNetwork();
    try (Transport here = open(network, new PeerAddress("same.example", 1));
        Transport there = open(elsewhere, new PeerAddress("same.example", 1));
        Transport viewer = open(elsewhere, ANY_PORT)) {
      assertThat(connect(viewer, here.localAddress()).connection().remoteId())
          .isEqualTo(there.localId());
    }
  }

  @Test
  void allEndpointsShareOneThreadThatEndsWithTheLast() throws Exception {
    Transport one = open(network, ANY_PORT);
    Transport two = open(network, ANY_PORT);
    assertThat(two.loop()).isSameAs(one.loop());
    CompletableFuture<Thread> running = new CompletableFuture<>();
    one.loop().execute(() -> running.complete(Thread.currentThread()));
    Thread thread = running.join();
    assertThat(thread.isDaemon()).isTrue();

    one.close();
    CompletableFuture<Boolean> stillRuns = new CompletableFuture<>();
    two.loop().execute(() -> stillRuns.complete(two.loop().inLoop()));
    assertThat(stillRuns.join()).isTrue();
    two.close();
    thread.join();

    try (Transport three = open(network, ANY_PORT)) {
      assertThat(connect(three, three.localAddress()).isOpened()).isTrue();
    }
  }

  @Test
  void aFloodWithinOneTaskIsBounded() throws IOException {
    try (Transport from = open(network, ANY_PORT);
        Transport to = open(network, ANY_PORT)) {
      RecordingHandler near = connect(from, to.localAddress());
      Connection connection = near.connection();
      byte[] frame = new byte[64 * 1024];
      int count = 1_500;

      from.loop()
          .execute(
              () -> {
                for (int i = 0; i < count; i++) {
                  connection.sendChunk(ByteBuffer.wrap(frame), Long.MAX_VALUE);
                }
              });
      assertThat(waiting.await(() -> near.ended().size() == count)).isTrue();

      assertThat(near.ended())
          .filteredOn(end -> end.outcome() == TransferOutcome.SENT)
          .hasSize(1_024);
      assertThat(near.ended())
          .filteredOn(end -> end.outcome() == TransferOutcome.CANCELLED)
          .hasSize(count - 1_024);
    }
  }
}
