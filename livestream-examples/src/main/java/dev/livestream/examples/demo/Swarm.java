package dev.livestream.examples.demo;

import dev.livestream.BitRate;
import dev.livestream.Broadcaster;
import dev.livestream.Media;
import dev.livestream.StreamLink;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.examples.cli.Failure;
import dev.livestream.examples.media.MediaFeed;
import dev.livestream.examples.media.MediaFeed.Pace;
import dev.livestream.examples.media.MediaInput;
import dev.livestream.examples.web.LiveMedia;
import dev.livestream.examples.web.ViewerOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The demo's broadcaster and viewers, each an endpoint of its own, and the encoder that feeds them.
 */
final class Swarm implements AutoCloseable {
  private static final BitRate BITRATE = BitRate.ofKilobits(1_400);
  private static final int JOINING_AT_ONCE = 8;
  private static final long GRACE_MILLIS = 500;
  private static final Duration END_TIME = Duration.ofSeconds(10);

  private final Encoder encoder;
  private final MediaInput media;
  private final Broadcaster broadcaster;
  private final Instant begin;
  private final Tally sent = new Tally();
  private final LiveMedia picture = new LiveMedia();
  private final List<CompletableFuture<DemoViewer>> joining = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(JOINING_AT_ONCE);
  private boolean playing;
  private boolean ending;
  private long startNanos;

  private Swarm(Encoder encoder, MediaInput media, Broadcaster broadcaster, Instant begin) {
    this.encoder = encoder;
    this.media = media;
    this.broadcaster = broadcaster;
    this.begin = begin;
    sent.add(ByteBuffer.wrap(media.header()));
  }

  /** Starts the broadcaster and sends the viewers to join it. */
  static Swarm start(Encoder encoder, int viewers) throws IOException, InterruptedException {
    MediaInput media = MediaInput.open(encoder.output(), false);
    Instant begin = Instant.now();
    if (media.header().length == 0) {
      throw new Failure("The encoder did not start: " + encoder.lastError());
    }
    Broadcaster broadcaster =
        Broadcaster.builder(ChannelKey.generate())
            .title("Demo")
            .contentType(media.contentType())
            .header(media.header())
            .bitrate(BITRATE)
            .listen("127.0.0.1:0")
            .start();
    Swarm swarm = new Swarm(encoder, media, broadcaster, begin);
    swarm.join(viewers);
    return swarm;
  }

  private void join(int count) {
    StreamLink link = broadcaster.link();
    ViewerOutput shown = new ViewerOutput(picture);
    for (int i = 1; i <= count; i++) {
      String name = "viewer " + i;
      Consumer<Media> output = i == 1 ? shown::accept : piece -> {};
      joining.add(
          CompletableFuture.supplyAsync(() -> DemoViewer.join(name, link, output), threads));
    }
    threads.shutdown();
  }

  /**
   * Broadcasts, from the first key frame on that comes when all viewers have joined.
   *
   * @param limit for how long; without end unless given
   * @throws IOException if a viewer cannot join, or the encoder ends by itself
   */
  void play(Optional<Duration> limit) throws IOException, InterruptedException {
    MediaFeed feed = new MediaFeed(broadcaster, Pace.AS_IT_COMES);
    media.pump(
        unit -> {
          if (!playing && unit.keyFrame() && allJoined()) {
            playing = true;
            startNanos = System.nanoTime();
          }
          if (playing) {
            sent.add(unit.data());
            feed.accept(unit);
            if (limit.isPresent() && System.nanoTime() - startNanos >= limit.get().toNanos()) {
              ending = true;
              encoder.stop();
            }
          }
        });
    if (!ending) {
      // Ctrl-C reaches the encoder as well, and it may be faster: then the interrupt comes now.
      Thread.sleep(GRACE_MILLIS);
      throw new Failure("The encoder ended by itself: " + encoder.lastError());
    }
  }

  private boolean allJoined() throws IOException {
    for (CompletableFuture<DemoViewer> viewer : joining) {
      if (viewer.isCompletedExceptionally()) {
        try {
          viewer.join();
        } catch (CompletionException e) {
          throw new IOException("A viewer could not join: " + e.getCause(), e);
        }
      }
    }
    return joining.stream().allMatch(CompletableFuture::isDone);
  }

  /** Ends the stream, and waits until every viewer has read to its end. */
  void finish() throws InterruptedException {
    encoder.close();
    broadcaster.close();
    for (DemoViewer viewer : viewers()) {
      viewer.awaitEnd(END_TIME);
    }
  }

  /** Whether every viewer has read exactly what was sent, from the first byte to the last. */
  boolean isComplete() {
    List<DemoViewer> viewers = viewers();
    return viewers.size() == joining.size()
        && viewers.stream().allMatch(viewer -> viewer.received().sameAs(sent));
  }

  StreamLink link() {
    return broadcaster.link();
  }

  Broadcaster broadcaster() {
    return broadcaster;
  }

  /** The viewers that have joined. */
  List<DemoViewer> viewers() {
    return joining.stream()
        .filter(viewer -> viewer.isDone() && !viewer.isCompletedExceptionally())
        .map(CompletableFuture::join)
        .toList();
  }

  Tally sent() {
    return sent;
  }

  /** What one of the viewers received, for players. */
  LiveMedia picture() {
    return picture;
  }

  /** When the media's time zero was. */
  Instant begin() {
    return begin;
  }

  @Override
  public void close() {
    encoder.close();
    broadcaster.close();
    viewers().forEach(DemoViewer::close);
  }
}
