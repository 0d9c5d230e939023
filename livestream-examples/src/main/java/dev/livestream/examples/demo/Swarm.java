package dev.livestream.examples.demo;

import dev.livestream.BitRate;
import dev.livestream.Broadcaster;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The demo's broadcaster and viewers, each an endpoint of its own, and the encoder that feeds them.
 */
final class Swarm implements AutoCloseable {
  private static final BitRate BITRATE = BitRate.ofKilobits(1_400);
  private static final Duration JOIN_TIME = Duration.ofSeconds(20);
  private static final long GRACE_MILLIS = 500;
  private static final Duration END_TIME = Duration.ofSeconds(10);

  private final Encoder encoder;
  private final MediaInput media;
  private final Broadcaster broadcaster;
  private final Instant begin;
  private final Tally sent = new Tally();
  private final LiveMedia picture = new LiveMedia();
  private final List<DemoViewer> viewers = new ArrayList<>();
  private volatile boolean ending;

  private Swarm(Encoder encoder, MediaInput media, Broadcaster broadcaster, Instant begin) {
    this.encoder = encoder;
    this.media = media;
    this.broadcaster = broadcaster;
    this.begin = begin;
    sent.add(ByteBuffer.wrap(media.header()));
  }

  /** Starts the broadcaster and lets the viewers join. All are there before the first byte. */
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
    try {
      swarm.join(viewers);
      return swarm;
    } catch (IOException | InterruptedException | RuntimeException e) {
      swarm.close();
      throw e;
    }
  }

  private void join(int count) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(count, 8));
    try {
      List<Future<DemoViewer>> joining = new ArrayList<>();
      ViewerOutput shown = new ViewerOutput(picture);
      for (int i = 1; i <= count; i++) {
        String name = "viewer " + i;
        boolean isShown = i == 1;
        joining.add(
            threads.submit(
                () ->
                    DemoViewer.join(
                        name, broadcaster.link(), isShown ? shown::accept : media -> {})));
      }
      for (Future<DemoViewer> viewer : joining) {
        viewers.add(viewer.get(JOIN_TIME.toSeconds(), TimeUnit.SECONDS));
      }
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException("A viewer could not join: " + e.getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Broadcasts.
   *
   * @param limit for how long; without end unless given
   * @throws IOException if the encoder ends by itself
   */
  void play(Optional<Duration> limit) throws IOException, InterruptedException {
    MediaFeed feed = new MediaFeed(broadcaster, Pace.AS_IT_COMES);
    long start = System.nanoTime();
    media.pump(
        unit -> {
          sent.add(unit.data());
          feed.accept(unit);
          if (limit.isPresent() && System.nanoTime() - start >= limit.get().toNanos()) {
            ending = true;
            encoder.stop();
          }
        });
    if (!ending) {
      // Ctrl-C reaches the encoder as well, and it may be faster: then the interrupt comes now.
      Thread.sleep(GRACE_MILLIS);
      throw new Failure("The encoder ended by itself: " + encoder.lastError());
    }
  }

  /** Ends the stream, and waits until every viewer has read to its end. */
  void finish() throws InterruptedException {
    encoder.close();
    broadcaster.close();
    for (DemoViewer viewer : viewers) {
      viewer.awaitEnd(END_TIME);
    }
  }

  /** Whether every viewer has read exactly what was sent, from the first byte to the last. */
  boolean isComplete() {
    return viewers.stream().allMatch(viewer -> viewer.received().sameAs(sent));
  }

  StreamLink link() {
    return broadcaster.link();
  }

  Broadcaster broadcaster() {
    return broadcaster;
  }

  List<DemoViewer> viewers() {
    return List.copyOf(viewers);
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
    viewers.forEach(DemoViewer::close);
  }
}
