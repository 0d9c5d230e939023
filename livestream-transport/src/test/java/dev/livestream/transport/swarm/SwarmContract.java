package dev.livestream.transport.swarm;

import static dev.livestream.transport.swarm.Swarm.assertSame;
import static dev.livestream.transport.swarm.Swarm.joined;
import static dev.livestream.transport.swarm.Swarm.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.Broadcaster;
import dev.livestream.Endpoint;
import dev.livestream.Media;
import dev.livestream.Relay;
import dev.livestream.StreamStats;
import dev.livestream.Viewer;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.LogProbe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a swarm of real programs promises, on every network that runs in real time. */
@Timeout(60)
@ExtendWith(LogProbe.class)
abstract class SwarmContract {
  private static final int GOP = 20_000;

  private final ChannelKey key = ChannelKey.generate();
  private Swarm swarm = new Swarm(network());

  abstract TransportProvider network();

  Swarm swarm() {
    return swarm;
  }

  @BeforeEach
  void open() {
    swarm = new Swarm(network());
  }

  @AfterEach
  void close() {
    swarm.close();
  }

  /** Writes groups of pictures, each beginning with a key frame and cut into a few frames. */
  private static void writeGops(Broadcaster broadcaster, byte[] media, int from, int to)
      throws IOException {
    for (int gop = from; gop < to; gop++) {
      broadcaster.keyFrame();
      for (int frame = 0; frame < 4; frame++) {
        broadcaster.write(ByteBuffer.wrap(media, gop * GOP + frame * GOP / 4, GOP / 4));
        broadcaster.flush();
      }
    }
  }

  private static void awaitBytes(List<Reader> readers, long bytes) {
    Swarm.await(
        "every reader has " + bytes + " bytes",
        () -> readers.stream().allMatch(reader -> reader.count() >= bytes));
  }

  @Test
  void everyViewerReadsEveryByteHeaderFirst() throws Exception {
    byte[] header = media(1, 700);
    byte[] media = media(2, 40 * GOP);
    Broadcaster broadcaster = swarm.broadcaster(key).header(header).start();
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      readers.add(swarm.reader(broadcaster.link()));
    }
    Relay relay = swarm.relay(broadcaster.link());
    readers.add(swarm.reader(relay.relayLink()));

    writeGops(broadcaster, media, 0, 40);
    broadcaster.close();

    for (Reader reader : readers) {
      assertSame(reader.all(), joined(header, media));
      assertThat(reader.viewer().gaps()).isZero();
      StreamStats stats = reader.viewer().stats();
      assertThat(stats.rejected()).isZero();
      assertThat(stats.malformed()).isZero();
      assertThat(stats.bannedPeers()).isZero();
    }
    relay.awaitEnd();
  }

  @Test
  void whoJoinsLateStartsAtTheLatestKeyFrameAndReadsOnFromThere() throws Exception {
    byte[] header = media(1, 700);
    byte[] media = media(2, 30 * GOP);
    Broadcaster broadcaster = swarm.broadcaster(key).header(header).start();
    Reader early = swarm.reader(broadcaster.link());
    writeGops(broadcaster, media, 0, 15);
    awaitBytes(List.of(early), header.length + 15 * GOP);

    Reader late = swarm.reader(broadcaster.link());
    awaitBytes(List.of(late), header.length + GOP);
    writeGops(broadcaster, media, 15, 30);
    broadcaster.close();

    assertSame(early.all(), joined(header, media));
    assertSame(late.all(), joined(header, Arrays.copyOfRange(media, 14 * GOP, media.length)));
    assertThat(late.viewer().gaps()).isZero();
  }

  @Test
  void aReaderThatStopsReadingIsToldOfTheGapAndItsPeersNoticeNothing() throws Exception {
    int buffer = 256 * 1024;
    byte[] media = media(3, 60 * GOP);
    Broadcaster broadcaster = swarm.broadcaster(key).start();
    Viewer lazy = swarm.closing(swarm.viewer(broadcaster.link()).readBuffer(buffer).join());
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(swarm.reader(broadcaster.link()));
    }

    writeGops(broadcaster, media, 0, 60);
    broadcaster.close();

    for (Reader reader : readers) {
      assertSame(reader.all(), media);
      assertThat(reader.viewer().gaps()).isZero();
    }
    Swarm.await("it has got everything", () -> lazy.stats().delivered() == 60 * 4);
    assertThat(lazy.input().available()).isLessThanOrEqualTo(buffer);
    byte[] rest = lazy.input().readAllBytes();
    assertThat(rest).hasSizeBetween(buffer / 4, buffer);
    assertSame(rest, Arrays.copyOfRange(media, media.length - rest.length, media.length));
    Media.Gap gap = lazy.lastGap().orElseThrow();
    assertThat(lazy.gaps()).isEqualTo(1);
    assertThat(gap.cause()).isEqualTo(Media.Gap.Cause.READER_SLOW);
    assertThat(lazy.stats().dropped()).isEqualTo(gap.chunks());
    assertThat(lazy.stats().missed()).isZero();
  }

  @Test
  void viewersCarryOnByThemselvesWhenTheBroadcasterComesBack() throws Exception {
    byte[] first = media(4, 10 * GOP);
    byte[] second = media(5, 10 * GOP);
    Endpoint endpoint = swarm.endpoint();
    Broadcaster before = Broadcaster.builder(key).endpoint(endpoint).header(new byte[] {1}).start();
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(swarm.reader(before.link()));
    }
    writeGops(before, first, 0, 10);
    awaitBytes(readers, 1 + first.length);
    // Without a word about the end, as when a program is killed and its socket goes away.
    endpoint.close();

    Endpoint again =
        swarm.closing(
            Endpoint.builder().transport(swarm.network()).listen(endpoint.localAddress()).open());
    Broadcaster after = Broadcaster.builder(key).endpoint(again).header(new byte[] {2}).start();
    assertThat(after.awaitViewers(1, Swarm.PATIENCE)).isTrue();
    writeGops(after, second, 0, 10);
    awaitBytes(readers, 1 + first.length + 1 + second.length);
    after.close();

    for (Reader reader : readers) {
      assertSame(reader.all(), joined(new byte[] {1}, first, new byte[] {2}, second));
      assertThat(reader.viewer().gaps()).isZero();
    }
    before.close();
  }

  @Test
  void channelsOnOneEndpointDoNotDisturbEachOther() throws Exception {
    byte[] media = media(6, 40 * GOP);
    Endpoint source = swarm.endpoint();
    Endpoint sink = swarm.endpoint();
    Broadcaster steady = Broadcaster.builder(key).endpoint(source).start();
    Broadcaster restless =
        Broadcaster.builder(ChannelKey.generate()).endpoint(source).header(new byte[] {1}).start();
    Reader reader = Reader.of(swarm.closing(swarm.viewer(steady.link(), sink).join()));
    Viewer leaving = swarm.viewer(restless.link(), sink).readBuffer(256 * 1024).join();
    Reader staying = swarm.reader(restless.link());

    writeGops(steady, media, 0, 10);
    writeGops(restless, media, 0, 10);
    restless.restart(new byte[] {2});
    leaving.close();
    writeGops(steady, media, 10, 20);
    writeGops(restless, media, 10, 20);
    awaitBytes(List.of(staying), 1 + 10 * GOP);
    restless.close();
    writeGops(steady, media, 20, 40);
    steady.close();

    assertSame(reader.all(), media);
    assertThat(reader.viewer().gaps()).isZero();
    byte[] ofStaying = staying.all();
    byte[] second = joined(new byte[] {2}, Arrays.copyOfRange(media, 10 * GOP, 20 * GOP));
    assertSame(
        Arrays.copyOfRange(ofStaying, ofStaying.length - second.length, ofStaying.length), second);
  }

  @Test
  void oneEndpointServesManyStreams() throws Exception {
    Endpoint source = swarm.endpoint();
    Endpoint sink = swarm.endpoint();
    List<Broadcaster> broadcasters = new ArrayList<>();
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Broadcaster broadcaster = Broadcaster.builder(ChannelKey.generate()).endpoint(source).start();
      broadcasters.add(broadcaster);
      readers.add(Reader.of(swarm.closing(swarm.viewer(broadcaster.link(), sink).join())));
    }
    for (int i = 0; i < broadcasters.size(); i++) {
      writeGops(broadcasters.get(i), media(i, 10 * GOP), 0, 10);
    }
    assertThat(sink.stats().connections()).isBetween(1, 12);
    broadcasters.forEach(Broadcaster::close);
    for (int i = 0; i < readers.size(); i++) {
      assertSame(readers.get(i).all(), media(i, 10 * GOP));
    }
  }

  @Test
  void viewersThatLeaveInAnyWayTakeNothingFromTheOthers() throws Exception {
    byte[] media = media(7, 60 * GOP);
    Broadcaster broadcaster = swarm.broadcaster(key).start();
    List<Reader> readers = new ArrayList<>();
    List<Viewer> polite = new ArrayList<>();
    List<Endpoint> rude = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      polite.add(swarm.closing(swarm.viewer(broadcaster.link()).join()));
      Endpoint endpoint = swarm.endpoint();
      rude.add(endpoint);
      swarm.closing(swarm.viewer(broadcaster.link(), endpoint).join());
      readers.add(swarm.reader(broadcaster.link()));
    }
    for (int i = 0; i < 3; i++) {
      writeGops(broadcaster, media, 20 * i, 20 * i + 10);
      polite.get(i).close();
      writeGops(broadcaster, media, 20 * i + 10, 20 * i + 20);
      rude.get(i).close();
    }
    broadcaster.close();

    for (Reader reader : readers) {
      assertSame(reader.all(), media);
      assertThat(reader.viewer().gaps()).isZero();
    }
  }

  @Test
  void closingIsFineTwiceAndInAnyOrder() throws Exception {
    Endpoint source = swarm.endpoint();
    Endpoint sink = swarm.endpoint();
    Broadcaster broadcaster = Broadcaster.builder(key).endpoint(source).start();
    Viewer viewer = swarm.viewer(broadcaster.link(), sink).join();
    Relay relay = swarm.relay(broadcaster.link());

    sink.close();
    viewer.close();
    viewer.close();
    relay.close();
    relay.close();
    source.close();
    broadcaster.close();
    broadcaster.close();
    source.close();
    sink.close();

    assertThat(viewer.stats().peers()).isNotNegative();
    assertThat(broadcaster.stats().bytesDelivered()).isZero();
    assertThat(source.stats().connections()).isZero();
  }

  @Test
  void threadsDoNotGrowWithPeersOrStreams() throws Exception {
    Endpoint source = swarm.endpoint();
    Endpoint sink = swarm.endpoint();
    // A second network thread, where there is one, may begin with the second endpoint.
    Broadcaster broadcaster = Broadcaster.builder(key).endpoint(source).start();
    swarm.closing(swarm.viewer(broadcaster.link(), sink).join());
    Set<String> before = threads();

    for (int i = 0; i < 20; i++) {
      Broadcaster another = Broadcaster.builder(ChannelKey.generate()).endpoint(source).start();
      swarm.closing(swarm.viewer(another.link(), sink).join());
      swarm.closing(swarm.viewer(another.link()).join());
    }

    assertThat(source.stats().connections()).isGreaterThanOrEqualTo(40);
    assertThat(threads()).isEqualTo(before);
  }

  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("livestream")) {
        names.add(thread.getName() + " " + thread.getId());
      }
    }
    return names;
  }
}
