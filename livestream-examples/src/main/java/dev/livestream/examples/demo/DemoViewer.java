package dev.livestream.examples.demo;

import dev.livestream.Media;
import dev.livestream.StreamLink;
import dev.livestream.Viewer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One viewer of the demo: a peer of its own, with a thread that reads all it gets. */
final class DemoViewer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoViewer.class);

  /**
   * Bytes are ready as soon as they have come; only what is missing is waited for so long. Here an
   * encoder, a browser and all peers may share a few processors.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String name;
  private final Viewer viewer;
  private final Consumer<Media> output;
  private final Tally received = new Tally();
  private final DelayHistogram delays = new DelayHistogram();
  private final Thread reader;

  private DemoViewer(String name, Viewer viewer, Consumer<Media> output) {
    this.name = name;
    this.viewer = viewer;
    this.output = output;
    this.reader = new Thread(this::read, name);
    reader.setDaemon(true);
  }

  /**
   * Joins a stream.
   *
   * @param output gets what the viewer reads
   */
  static DemoViewer join(String name, StreamLink link, Consumer<Media> output) {
    try {
      Viewer viewer = Viewer.builder(link).listen("127.0.0.1:0").targetLatency(PATIENCE).join();
      DemoViewer demo = new DemoViewer(name, viewer, output);
      demo.reader.start();
      return demo;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try {
      Media media;
      do {
        media = viewer.nextChunk();
        if (media instanceof Media.Header header) {
          received.add(ByteBuffer.wrap(header.info().header()));
        } else if (media instanceof Media.Data data) {
          received.add(data.bytes());
          delays.add(Duration.between(data.timestamp(), Instant.now()));
        }
        output.accept(media);
      } while (!(media instanceof Media.End));
    } catch (IOException e) {
      LOG.debug("{} stopped reading", name, e);
    }
  }

  /** Waits until it has read to the end of the stream, but not for ever. */
  void awaitEnd(Duration atMost) throws InterruptedException {
    reader.join(atMost.toMillis());
  }

  String name() {
    return name;
  }

  Viewer viewer() {
    return viewer;
  }

  Tally received() {
    return received;
  }

  DelayHistogram delays() {
    return delays;
  }

  @Override
  public void close() {
    viewer.close();
  }
}
