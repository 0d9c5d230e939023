package dev.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.fake.FakeNetwork;
import dev.livestream.fake.Reading;
import dev.livestream.fake.ThreadLoop;
import dev.livestream.spi.PeerAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams from end to end over a network in memory. */
@Timeout(60)
class StreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ThreadLoop loop = new ThreadLoop();
  private final FakeNetwork network = new FakeNetwork(loop, 500);
  private final ChannelKey key = ChannelKey.generate();

  @AfterEach
  void stopLoop() {
    loop.close();
  }

  private BroadcasterBuilder broadcaster() {
    return Broadcaster.builder(key).transport(network);
  }

  private ViewerBuilder viewer(StreamLink link) {
    // Long enough that a test machine that stands still for a moment loses nothing.
    return Viewer.builder(link).transport(network).targetLatency(Duration.ofSeconds(10));
  }

  private static byte[] media(int seed, int bytes) {
    byte[] media = new byte[bytes];
    new Random(seed).nextBytes(media);
    return media;
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
    Stream.of(parts).forEach(all::put);
    return all.array();
  }

  /** Closes what a try block would close too late. */
  private static void end(Broadcaster broadcaster) {
    broadcaster.close();
  }

  @Test
  void viewersReadWhatTheBroadcasterWroteHeaderFirst() throws Exception {
    byte[] header = {1, 2, 3};
    byte[] media = media(1, 400_000);
    List<Viewer> viewers = new ArrayList<>();
    List<CompletableFuture<byte[]>> outputs = new ArrayList<>();
    try (Broadcaster broadcaster = broadcaster().header(header).title("Harbour cam").start()) {
      StreamLink link = StreamLink.parse(broadcaster.link().toString());
      for (int i = 0; i < 5; i++) {
        Viewer viewer = viewer(link).join();
        viewers.add(viewer);
        outputs.add(Reading.all(viewer.input()));
      }
      assertThat(broadcaster.awaitViewers(5, PATIENCE)).isTrue();
      broadcaster.write(ByteBuffer.wrap(media));
      broadcaster.flush();
      assertThat(broadcaster.stats().bytesDelivered()).isEqualTo(media.length);
      assertThat(broadcaster.stats().role()).isEqualTo(StreamStats.Role.BROADCASTER);
    }
    for (int i = 0; i < viewers.size(); i++) {
      try (Viewer viewer = viewers.get(i)) {
        assertThat(outputs.get(i).get()).isEqualTo(joined(header, media));
        StreamStats stats = viewer.stats();
        assertThat(stats.bytesDelivered()).isEqualTo(media.length);
        assertThat(stats.missed()).isZero();
        assertThat(stats.startup()).isPresent();
        assertThat(stats.payloadDown()).isGreaterThanOrEqualTo(media.length);
        assertThat(stats.bytesDown()).isGreaterThan(stats.payloadDown());
        assertThat(viewer.info().map(StreamInfo::title)).contains("Harbour cam");
        assertThat(viewer.position()).isEqualTo(header.length + media.length);
        assertThat(viewer.gaps()).isZero();
      }
    }
  }

  @Test
  void aLargeKeyFrameIsCutIntoShorterChunksThanWhatFollows() throws Exception {
    try (Broadcaster broadcaster = broadcaster().start();
        Viewer viewer = viewer(broadcaster.link()).join()) {
      broadcaster.keyFrame();
      broadcaster.write(ByteBuffer.wrap(media(1, 64_000)));
      broadcaster.write(ByteBuffer.wrap(media(2, 8_192)));
      end(broadcaster);

      assertThat(viewer.nextChunk()).isInstanceOf(Media.Header.class);
      List<Integer> lengths = new ArrayList<>();
      while (viewer.nextChunk() instanceof Media.Data data) {
        lengths.add(data.bytes().remaining());
      }
      assertThat(lengths).hasSize(17).endsWith(8_192);
      assertThat(lengths.subList(0, 16)).containsOnly(4_000);
    }
  }

  @Test
  void chunksCarryKeyFramesPrioritiesAndRisingTimes() throws Exception {
    try (Broadcaster broadcaster = broadcaster().start();
        Viewer viewer = viewer(broadcaster.link()).join()) {
      broadcaster.keyFrame();
      broadcaster.write(ByteBuffer.wrap(media(1, 10_000)));
      broadcaster.priority(ChunkPriority.AUDIO);
      broadcaster.write(ByteBuffer.wrap(media(2, 10)));
      broadcaster.keyFrame();
      broadcaster.write(ByteBuffer.wrap(media(3, 20)));
      end(broadcaster);

      assertThat(viewer.nextChunk()).isInstanceOf(Media.Header.class);
      List<Media.Data> chunks = new ArrayList<>();
      Media next = viewer.nextChunk();
      while (next instanceof Media.Data data) {
        chunks.add(data);
        next = viewer.nextChunk();
      }
      assertThat(next).isInstanceOf(Media.End.class);
      assertThat(viewer.nextChunk()).isEqualTo(next);
      assertThat(chunks).extracting(Media.Data::keyFrame).containsExactly(true, false, false, true);
      assertThat(chunks)
          .extracting(Media.Data::priority)
          .containsExactly(
              ChunkPriority.KEY_FRAME,
              ChunkPriority.ORDINARY,
              ChunkPriority.AUDIO,
              ChunkPriority.KEY_FRAME);
      assertThat(chunks)
          .extracting(chunk -> chunk.bytes().remaining())
          .containsExactly(8_192, 1_808, 10, 20);
      assertThat(chunks).extracting(Media.Data::timestamp).isSorted();
      assertThat(chunks).extracting(Media.Data::sequence).containsExactly(0L, 1L, 2L, 3L);
    }
  }

  @Test
  void aChunkThatDoesNotFillLeavesAfterTheBatchDelay() throws Exception {
    try (Broadcaster broadcaster = broadcaster().maxBatchDelay(Duration.ofMillis(5)).start();
        Viewer viewer = viewer(broadcaster.link()).join()) {
      broadcaster.write(ByteBuffer.wrap(new byte[] {42}));
      assertThat(viewer.input().read()).isEqualTo(42);
    }
  }

  @Test
  void anEmptyBroadcastEndsForItsViewers() throws Exception {
    Broadcaster broadcaster = broadcaster().start();
    try (Viewer viewer = viewer(broadcaster.link()).join()) {
      broadcaster.close();
      assertThat(viewer.input().read()).isEqualTo(-1);
    }
  }

  @Test
  void viewersCarryOnWithTheNextRunAndItsHeader() throws Exception {
    PeerAddress listen = new PeerAddress("127.0.0.1", 4_700);
    byte[] first = media(1, 20_000);
    byte[] second = media(2, 20_000);
    Broadcaster before = broadcaster().listen(listen).header(new byte[] {1}).start();
    try (Viewer viewer = viewer(before.link()).join()) {
      before.write(ByteBuffer.wrap(first));
      before.flush();
      assertThat(viewer.input().readNBytes(1 + first.length))
          .isEqualTo(joined(new byte[] {1}, first));
      before.suspend();
      try (Broadcaster after = broadcaster().listen(listen).header(new byte[] {2}).start()) {
        assertThat(after.awaitViewers(1, PATIENCE)).isTrue();
        after.write(ByteBuffer.wrap(second));
        after.flush();
        assertThat(viewer.input().readNBytes(1 + second.length))
            .isEqualTo(joined(new byte[] {2}, second));
      }
      assertThat(viewer.input().read()).isEqualTo(-1);
      assertThat(viewer.gaps()).isZero();
    }
  }

  @Test
  void aBroadcasterMayBeginANewRunItself() throws Exception {
    try (Broadcaster broadcaster = broadcaster().header(new byte[] {1}).start();
        Viewer viewer = viewer(broadcaster.link()).join()) {
      broadcaster.write(ByteBuffer.wrap(new byte[] {10}));
      broadcaster.flush();
      assertThat(viewer.input().readNBytes(2)).containsExactly(1, 10);
      broadcaster.restart(new byte[] {2});
      broadcaster.write(ByteBuffer.wrap(new byte[] {20}));
      broadcaster.flush();
      assertThat(viewer.input().readNBytes(2)).containsExactly(2, 20);
    }
  }

  @Test
  void aReaderThatDoesNotReadIsToldOfTheGapAtItsPlace() throws Exception {
    int written = 3_000_000;
    byte[] media = media(1, written);
    BlockingQueue<StreamEvent> events = new LinkedBlockingQueue<>();
    try (Broadcaster broadcaster = broadcaster().start();
        Viewer viewer =
            viewer(broadcaster.link()).readBuffer(256 * 1024).onEvent(events::add).join()) {
      broadcaster.write(ByteBuffer.wrap(media, 0, 10));
      broadcaster.flush();
      assertThat(viewer.input().readNBytes(10)).isEqualTo(java.util.Arrays.copyOf(media, 10));
      broadcaster.write(ByteBuffer.wrap(media, 10, written - 10));
      end(broadcaster);
      await(events, StreamEvent.StreamEnded.class);

      byte[] rest = viewer.input().readAllBytes();
      assertThat(rest.length).isBetween(100_000, 256 * 1024);
      assertThat(rest)
          .isEqualTo(java.util.Arrays.copyOfRange(media, written - rest.length, written));
      assertThat(viewer.gaps()).isEqualTo(1);
      Media.Gap gap = viewer.lastGap().orElseThrow();
      assertThat(gap.cause()).isEqualTo(Media.Gap.Cause.READER_SLOW);
      assertThat(gap.from()).isEqualTo(1);
      assertThat(await(events, StreamEvent.Missed.class))
          .isEqualTo(new StreamEvent.Missed(gap, 10));
      assertThat(viewer.stats().dropped()).isEqualTo(gap.chunks());
      assertThat(viewer.stats().missed()).isZero();
    }
  }

  private static StreamEvent await(
      BlockingQueue<StreamEvent> events, Class<? extends StreamEvent> kind)
      throws InterruptedException {
    StreamEvent event = events.take();
    while (!kind.isInstance(event)) {
      event = events.take();
    }
    return event;
  }

  @Test
  void aRelayPassesOnWithoutReading() throws Exception {
    byte[] media = media(1, 50_000);
    Broadcaster broadcaster = broadcaster().start();
    try (Relay relay = Relay.builder(broadcaster.link()).transport(network).join();
        Viewer viewer = viewer(relay.relayLink()).join()) {
      CompletableFuture<byte[]> output = Reading.all(viewer.input());
      broadcaster.write(ByteBuffer.wrap(media));
      broadcaster.close();
      relay.awaitEnd();
      assertThat(output.get()).isEqualTo(media);
      assertThat(relay.stats().chunks()).isEqualTo(7);
      assertThat(relay.stats().delivered()).isZero();
      assertThat(relay.info()).isPresent();
    }
  }

  @Test
  void twoStreamsShareAnEndpoint() throws Exception {
    ChannelKey otherKey = ChannelKey.generate();
    byte[] media = media(1, 30_000);
    byte[] otherMedia = media(2, 30_000);
    try (Endpoint source = Endpoint.builder().transport(network).open();
        Endpoint sink = Endpoint.builder().transport(network).open()) {
      Broadcaster one = Broadcaster.builder(key).endpoint(source).start();
      Broadcaster other = Broadcaster.builder(otherKey).endpoint(source).start();
      try (Viewer first = Viewer.builder(one.link()).endpoint(sink).join();
          Viewer second = Viewer.builder(other.link()).endpoint(sink).join()) {
        CompletableFuture<byte[]> output = Reading.all(first.input());
        CompletableFuture<byte[]> otherOutput = Reading.all(second.input());
        one.write(ByteBuffer.wrap(media));
        other.write(ByteBuffer.wrap(otherMedia));
        one.close();
        other.close();
        assertThat(output.get()).isEqualTo(media);
        assertThat(otherOutput.get()).isEqualTo(otherMedia);
        assertThat(sink.stats().connections()).isLessThanOrEqualTo(2);
      }
      assertThat(source.localAddress().port()).isPositive();
    }
  }

  @Test
  void anEndpointTakesPartInAStreamOnce() throws Exception {
    try (Endpoint endpoint = Endpoint.builder().transport(network).open();
        Broadcaster broadcaster = Broadcaster.builder(key).endpoint(endpoint).start()) {
      assertThat(broadcaster.viewersConnected()).isZero();
      assertThatThrownBy(() -> Broadcaster.builder(key).endpoint(endpoint).start())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("already");
    }
  }

  @Test
  void aLinkToNobodyIsOneClearSentence() {
    StreamLink link = StreamLink.of(key.id(), new PeerAddress("127.0.0.1", 9));
    assertThatThrownBy(() -> viewer(link).joinTimeout(Duration.ofMillis(100)).join())
        .isInstanceOf(StreamUnreachableException.class)
        .hasMessage(
            "No peer of this stream answers at 127.0.0.1:9; is the broadcaster still running?");
    assertThatThrownBy(
            () -> viewer(link.withHints(List.of())).joinTimeout(Duration.ofMillis(100)).join())
        .isInstanceOf(StreamUnreachableException.class)
        .hasMessage("No peer of this stream is known: its link names no address.");
  }

  @Test
  void aLinkToAnotherStreamIsOneClearSentence() throws Exception {
    try (Broadcaster broadcaster = broadcaster().start()) {
      StreamLink other = StreamLink.of(ChannelKey.generate().id(), broadcaster.link().hints());
      assertThatThrownBy(() -> viewer(other).joinTimeout(Duration.ofMillis(300)).join())
          .isInstanceOf(StreamUnreachableException.class)
          .hasMessageContaining("does not have this stream");
    }
  }

  @Test
  void anAddressInUseIsOneClearSentence() throws Exception {
    try (Broadcaster broadcaster = broadcaster().start()) {
      assertThatThrownBy(
              () ->
                  Broadcaster.builder(ChannelKey.generate())
                      .transport(network)
                      .listen(broadcaster.localAddress())
                      .start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void nothingThatWaitsRunsOnTheLoop() throws Exception {
    try (Broadcaster broadcaster = broadcaster().start();
        Viewer viewer = viewer(broadcaster.link()).join()) {
      CompletableFuture<List<Class<?>>> thrown = new CompletableFuture<>();
      loop.execute(
          () ->
              thrown.complete(
                  Stream.<Runnable>of(
                          () -> unchecked(() -> viewer.read(ByteBuffer.allocate(1))),
                          () -> unchecked(() -> viewer.nextChunk()),
                          () -> unchecked(() -> broadcaster.awaitViewers(1, PATIENCE)),
                          () ->
                              unchecked(
                                  () -> {
                                    broadcaster.write(ByteBuffer.allocate(1));
                                    return 0;
                                  }),
                          viewer::close,
                          broadcaster::close)
                      .map(StreamTest::thrownBy)
                      .toList()));
      assertThat(thrown.get()).containsOnly(IllegalStateException.class);
    }
  }

  private static void unchecked(java.util.concurrent.Callable<?> call) {
    try {
      call.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> thrownBy(Runnable call) {
    try {
      call.run();
      return Void.class;
    } catch (RuntimeException e) {
      return e.getClass();
    }
  }

  @Test
  void closingTwiceIsFineAndUseAfterClosingIsRefused() throws Exception {
    Broadcaster broadcaster = broadcaster().start();
    Viewer viewer = viewer(broadcaster.link()).join();
    viewer.close();
    viewer.close();
    broadcaster.close();
    broadcaster.close();
    assertThatThrownBy(() -> broadcaster.write(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> viewer.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThat(broadcaster.stats().peers()).isNotNegative();
    assertThat(viewer.stats().missed()).isZero();
  }

  @Test
  void closingWakesAReaderThatWaits() throws Exception {
    try (Broadcaster broadcaster = broadcaster().start()) {
      Viewer viewer = viewer(broadcaster.link()).join();
      CompletableFuture<byte[]> output = Reading.all(viewer.input());
      viewer.close();
      assertThatThrownBy(output::get).hasRootCauseInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void noSecretIsPrinted() throws Exception {
    try (Broadcaster broadcaster = broadcaster().start();
        Viewer viewer = viewer(broadcaster.link()).join()) {
      assertThat(broadcaster.toString()).contains(key.id().toString());
      assertThat(viewer.toString()).contains(key.id().toString());
      assertThat(viewer.link()).isEqualTo(broadcaster.link());
    }
  }
}
