package dev.livestream.transport.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.Broadcaster;
import dev.livestream.Endpoint;
import dev.livestream.StreamLink;
import dev.livestream.StreamStats;
import dev.livestream.Viewer;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A broadcaster and two honest viewers, through whose stream an attack goes. The broadcaster writes
 * when both viewers have what it wrote before, so that as long as the stream moves on, nobody has
 * missed anything.
 */
final class Stage implements AutoCloseable {
  private static final int FRAME = 3_000;
  private static final int FRAMES_PER_KEY_FRAME = 5;

  private final Swarm swarm;
  private final ChannelKey key = ChannelKey.generate();
  private final Endpoint source;
  private final Endpoint sink;
  private final Broadcaster broadcaster;
  private final List<Reader> readers;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private int frames;

  Stage(TransportProvider network) throws IOException {
    this.swarm = new Swarm(network);
    this.source = swarm.endpoint();
    this.sink = swarm.endpoint();
    this.broadcaster = swarm.closing(Broadcaster.builder(key).endpoint(source).start());
    this.readers =
        List.of(Reader.of(swarm.closing(swarm.viewer(link(), sink).join())), swarm.reader(link()));
  }

  Swarm swarm() {
    return swarm;
  }

  ChannelKey key() {
    return key;
  }

  StreamLink link() {
    return broadcaster.link();
  }

  Broadcaster broadcaster() {
    return broadcaster;
  }

  Viewer viewer() {
    return readers.get(0).viewer();
  }

  Endpoint source() {
    return source;
  }

  Endpoint sink() {
    return sink;
  }

  /** Where the broadcaster and one of the viewers can be reached. */
  List<PeerAddress> targets() {
    return List.of(source.localAddress(), sink.localAddress());
  }

  /** The figures of whoever listens at a target. */
  StreamStats stats(PeerAddress target) {
    return target.equals(source.localAddress()) ? broadcaster.stats() : viewer().stats();
  }

  Intruder intruder() throws IOException {
    return swarm.closing(new Intruder(swarm.network(), key.id()));
  }

  /** Writes one more frame, and waits until both viewers have it. */
  void moveOn() {
    byte[] frame = Swarm.media(frames, FRAME);
    try {
      if (frames++ % FRAMES_PER_KEY_FRAME == 0) {
        broadcaster.keyFrame();
      }
      broadcaster.write(ByteBuffer.wrap(frame));
      broadcaster.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    written.writeBytes(frame);
    long expected = written.size();
    Swarm.await(
        "the stream moves on",
        () -> readers.stream().allMatch(reader -> reader.count() >= expected));
  }

  void moveOn(int count) {
    for (int i = 0; i < count; i++) {
      moveOn();
    }
  }

  /** Everything written so far. */
  byte[] written() {
    return written.toByteArray();
  }

  /** Ends the stream; nobody may have noticed anything. */
  void finish() {
    moveOn(5);
    broadcaster.close();
    for (Reader reader : readers) {
      Swarm.assertSame(reader.all(), written());
      assertThat(reader.viewer().gaps()).isZero();
      assertThat(reader.viewer().stats().missed()).isZero();
    }
  }

  @Override
  public void close() {
    swarm.close();
  }
}
