package dev.livestream.transport.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.Endpoint;
import dev.livestream.StreamLink;
import dev.livestream.StreamStats;
import dev.livestream.Viewer;
import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.LogProbe;
import dev.livestream.transport.swarm.Intruder.Line;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.WireLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Peers that keep to the form but lie: forged, replayed and damaged chunks, false claims, and
 * floods. Nothing false is played or passed on, and the viewers of the same stream get every byte
 * all the while.
 */
@Timeout(60)
@ExtendWith(LogProbe.class)
abstract class PollutionContract {
  private static final long FAR = 1L << 60;

  private Stage stage;

  abstract TransportProvider network();

  @BeforeEach
  void open() throws IOException {
    stage = new Stage(network());
    stage.moveOn(8);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Line joined(PeerAddress target) throws IOException {
    return stage.intruder().join(target);
  }

  private static Manifest manifest(Line line) {
    return line.awaitMessage(Message.ManifestUpdate.class, update -> true).manifest();
  }

  /** Chunks 0 to {@code count}, as the broadcaster made them. */
  private List<byte[]> genuineChunks(int count) throws IOException {
    Line line = joined(stage.source().localAddress());
    long epoch = manifest(line).epoch();
    for (int i = 0; i < count; i++) {
      int wanted = i + 1;
      Swarm.await(
          "a chunk for the asking",
          () -> {
            line.say(new Message.Request(epoch, new long[] {wanted - 1}));
            return line.chunks().size() >= wanted;
          });
    }
    line.close();
    return line.chunks().stream().map(ByteBuffer::array).distinct().toList();
  }

  @Test
  void aForgedManifestIsNotBelieved() throws Exception {
    PeerAddress viewer = stage.sink().localAddress();
    Line line = joined(viewer);
    byte[] tampered = Frames.withLaterVersion(manifest(line));
    line.control(tampered);
    assertThat(line.awaitClosed()).isEqualTo(CloseReason.FORGERY);

    ChannelKey foreign = ChannelKey.generate();
    Instant now = Instant.now();
    Manifest later =
        Manifest.sign(
            foreign.openSession(
                new SessionTerms(
                    0, now.toEpochMilli() + 1_000, now, now.plus(Duration.ofHours(1)), 0)),
            1,
            "mine",
            "",
            new byte[0],
            manifest(line).parameters(),
            0);
    line = joined(viewer);
    line.say(new Message.ManifestUpdate(later));
    assertThat(line.awaitClosed()).isEqualTo(CloseReason.PROTOCOL_ERROR);

    byte[] relabelled = MessageCodec.encode(List.of(new Message.ManifestUpdate(later))).array();
    Frames.replaceAll(relabelled, foreign.id().bytes(), stage.key().id().bytes());
    line = joined(viewer);
    line.control(relabelled);
    assertThat(line.awaitClosed()).isEqualTo(CloseReason.FORGERY);

    StreamStats stats = stage.stats(viewer);
    assertThat(stats.rejected()).isEqualTo(2);
    assertThat(stats.bannedPeers()).isEqualTo(3);
    assertThat(stage.viewer().info().orElseThrow().title()).isNotEqualTo("mine");
    stage.finish();
  }

  @Test
  void aChunkWithAFlippedBitIsNeitherPlayedNorPassedOn() throws Exception {
    byte[] chunk = genuineChunks(1).get(0);
    Line informant = joined(stage.source().localAddress());
    Manifest manifest = manifest(informant);
    // In the timestamp, the key frame distance's neighbourhood, the proof, and the payload's ends.
    int[] places = {12, 60, 100, chunk.length - 3_000, chunk.length - 1};
    // The first call each of them gets; a victim that is still alone may call again.
    Map<Intruder, Line> lines = new ConcurrentHashMap<>();
    List<PeerAddress> hints = new ArrayList<>();
    for (int place : places) {
      byte[] flipped = chunk.clone();
      flipped[place] ^= 4;
      Intruder polluter = stage.intruder();
      polluter.whenCalled(
          line -> {
            line.say(polluter.hello(), new Message.ManifestUpdate(manifest));
            line.chunk(flipped);
            lines.putIfAbsent(polluter, line);
          });
      hints.add(polluter.address());
    }
    Endpoint endpoint = stage.swarm().endpoint();
    Viewer victim =
        stage
            .swarm()
            .closing(stage.swarm().viewer(StreamLink.of(stage.key().id(), hints), endpoint).join());
    Reader reader = Reader.of(victim);
    Swarm.await("all have tried", () -> lines.size() >= places.length);
    for (Line line : lines.values()) {
      assertThat(line.awaitClosed()).isIn(CloseReason.FORGERY, CloseReason.PROTOCOL_ERROR);
    }

    Line asking = joined(endpoint.localAddress());
    asking.say(new Message.Request(manifest.epoch(), new long[] {0}));
    asking.awaitMessage(Message.Refuse.class, refuse -> refuse.sequences()[0] == 0);
    StreamStats stats = victim.stats();
    assertThat(stats.rejected()).isPositive();
    assertThat(stats.bannedPeers() + stats.malformed()).isGreaterThanOrEqualTo(places.length);
    assertThat(stats.chunks()).isZero();
    assertThat(reader.count()).isZero();
    assertThat(asking.chunks()).isEmpty();
    asking.close();
    stage.finish();
  }

  @Test
  void chunksOfAnEarlierRunAreNotPlayed() throws Exception {
    List<byte[]> old = genuineChunks(8);
    stage.broadcaster().restart(new byte[0]);
    stage.moveOn(2);
    Line line = joined(stage.sink().localAddress());
    for (byte[] chunk : old) {
      line.chunk(chunk);
    }
    line.awaitStillThere(1);
    long chunks = stage.viewer().stats().chunks();
    for (byte[] chunk : old) {
      line.chunk(chunk);
    }
    line.awaitStillThere(2);
    assertThat(stage.viewer().stats().chunks()).isEqualTo(chunks);
    assertThat(stage.viewer().stats().bannedPeers()).isZero();
    line.close();
    stage.finish();
  }

  @Test
  void chunksAgainAndAgainCostNothingButTheirBytes() throws Exception {
    List<byte[]> genuine = genuineChunks(4);
    Line line = joined(stage.sink().localAddress());
    long before = stage.viewer().stats().duplicates();
    for (int i = 0; i < 1_000; i++) {
      line.chunk(genuine.get(i % genuine.size()));
    }
    stage.moveOn(5);
    Swarm.await("all are counted", () -> stage.viewer().stats().duplicates() >= before + 1_000);
    line.close();
    stage.finish();
  }

  private static Message.Have lie(long epoch) {
    byte[] bits = new byte[WireLimits.HAVE_BYTES];
    Arrays.fill(bits, (byte) 0xff);
    return new Message.Have(epoch, FAR, bits, 0, FAR + 8, 0, 0, false);
  }

  @Test
  void claimsAboutTheFarFutureMoveNobody() throws Exception {
    Line line = joined(stage.sink().localAddress());
    long epoch = manifest(line).epoch();
    line.say(new Message.Neighbour(Message.Neighbour.Kind.ASK_URGENT), lie(epoch));
    stage.moveOn(5);
    line.say(lie(epoch));
    line.awaitStillThere(1);
    stage.moveOn(5);
    line.close();
    stage.finish();
  }

  @Test
  void aNewcomerThatMeetsALiarFirstFindsTheStreamAllTheSame() throws Exception {
    Line informant = joined(stage.source().localAddress());
    Manifest manifest = manifest(informant);
    PeerRecord source = informant.awaitMessage(Message.Hello.class, hello -> true).record();
    Intruder liar = stage.intruder();
    liar.whenCalled(
        line ->
            line.say(
                liar.hello(),
                new Message.ManifestUpdate(manifest),
                lie(manifest.epoch()),
                new Message.Shuffle(List.of(source), true)));
    Reader newcomer = stage.swarm().reader(StreamLink.of(stage.key().id(), liar.address()));

    // The stream stands still, so all there is comes by asking for it.
    Swarm.await("it has found the latest key frame", () -> newcomer.count() > 0);
    informant.close();
    liar.close();
    stage.finish();
    byte[] read = newcomer.all();
    byte[] written = stage.written();
    Swarm.assertSame(
        read, Arrays.copyOfRange(written, written.length - read.length, written.length));
    assertThat(newcomer.viewer().gaps()).isZero();
  }

  /** Says the same in frame after frame until it is shut out, while the stream moves on. */
  private void flood(Message... messages) throws IOException {
    byte[] frame = MessageCodec.encode(List.of(messages)).array();
    for (PeerAddress target : stage.targets()) {
      long before = stage.stats(target).malformed();
      Line line = joined(target);
      Swarm.await(
          "it is shut out",
          () -> {
            line.flood(frame);
            return stage.stats(target).malformed() > before;
          });
      stage.moveOn(2);
      assertThat(stage.stats(target).uplinkQueue()).isLessThan(Duration.ofSeconds(3));
      line.close();
    }
  }

  private static Message[] times(int count, Message message) {
    Message[] messages = new Message[count];
    Arrays.fill(messages, message);
    return messages;
  }

  @Test
  void floodsOfQuestionsForAPlace() throws Exception {
    Message[] all = new Message[WireLimits.SUBSTREAMS];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Message.Attach(i, WireLimits.SLOTS, true);
    }
    flood(all);
    flood(times(200, new Message.Detach(1)));
    stage.finish();
  }

  @Test
  void floodsOfRequests() throws Exception {
    Line line = joined(stage.source().localAddress());
    long epoch = manifest(line).epoch();
    long[] there = LongStream.range(0, WireLimits.SEQUENCES).map(i -> i % 8).toArray();
    flood(times(20, new Message.Request(epoch, there)));
    long[] far = LongStream.range(0, WireLimits.SEQUENCES).map(i -> FAR + i).toArray();
    flood(times(20, new Message.Request(epoch, far)));
    flood(times(20, new Message.Refuse(epoch, there)), new Message.Ping(1));
    flood(times(20, new Message.Cancel(epoch, there)));
    line.close();
    stage.finish();
  }

  private void flood(Message[] most, Message last) throws IOException {
    Message[] all = Arrays.copyOf(most, most.length + 1);
    all[most.length] = last;
    flood(all);
  }

  @Test
  void floodsOfRecords() throws Exception {
    List<PeerRecord> records = new ArrayList<>();
    for (int i = 0; i < WireLimits.RECORDS; i++) {
      records.add(
          PeerRecord.sign(
              PeerIdentity.generate(), List.of(Swarm.address(9)), Long.MAX_VALUE, false));
    }
    flood(times(10, new Message.Shuffle(records, false)));
    flood(times(10, new Message.Redirect(0, RedirectReason.FULL, records)));
    Message.Attach ask = new Message.Attach(0, WireLimits.SLOTS, true);
    flood(
        records.stream()
            .map(seeker -> new Message.Wanted(ask, seeker, WireLimits.WANTED_HOPS))
            .toArray(Message[]::new));
    stage.finish();
  }

  @Test
  void floodsOfSmallTalk() throws Exception {
    flood(times(250, new Message.Ping(1)));
    flood(times(250, new Message.Neighbour(Message.Neighbour.Kind.ASK_URGENT)));
    flood(times(250, new Message.Supply(new int[16])));
    flood(times(250, new Message.PathUpdate(0, new long[] {1, 2, 3})));
    flood(times(250, new Message.Spare(0, 9, List.of(), 0)));
    stage.finish();
  }
}
