package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.ChunkPriority;
import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.window.ChunkWindow;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which requests are served, which wait, and which are refused. */
class ChunkServerTest {
  private static final int HELD = 400;
  private static final int BUSY = 90_000;

  private final Scene scene = Scene.of(Role.VIEWER, 40);
  private final ChunkServer server = new ChunkServer(scene.context, scene.uploader, now -> true);

  private static ChunkWindow window(Scene scene, long madeAt) {
    ChunkWindow window = new ChunkWindow(Scene.WINDOW);
    for (int sequence = 0; sequence < HELD; sequence++) {
      window.add(scene.chunk(sequence, madeAt));
    }
    return window;
  }

  /** Children wait for so much that a chunk queued now takes longer than this. */
  private static void busy(Scene scene, long micros) {
    Peer child = scene.viewer();
    for (long sequence = HELD; scene.uploader.queueMicros() <= micros; sequence++) {
      scene.uploader.push(
          child, scene.chunk(sequence), Scene.START + 10 * Scene.SECOND, Scene.START);
    }
  }

  /** A peer asks; gives those that are refused. */
  private static List<Long> refused(
      Scene scene, ChunkServer server, Peer peer, long madeAt, long now, long... sequences) {
    server.asked(
        peer, new Message.Request(1, sequences), 1, window(scene, madeAt), scene.rate, now);
    return scene.saidTo(peer).stream()
        .filter(Message.Refuse.class::isInstance)
        .flatMapToLong(message -> Arrays.stream(((Message.Refuse) message).sequences()))
        .boxed()
        .toList();
  }

  private List<Long> refused(Peer peer, long... sequences) {
    return refused(scene, server, peer, Scene.START, Scene.START, sequences);
  }

  private Peer newcomer() {
    return scene.peer(Role.VIEWER, false, Scene.START - Scene.SECOND);
  }

  @Test
  void whileTheQueueIsShortEverybodyIsServed() {
    assertThat(refused(scene.viewer(), 1, 2, 3)).isEmpty();
  }

  @Test
  void whatIsNotHeldAndWillNotComeSoonOrIsOfAnotherEpochIsRefused() {
    Peer peer = scene.viewer();
    assertThat(refused(peer, 1, HELD + 16)).containsExactly(HELD + 16L);

    server.asked(
        peer,
        new Message.Request(2, new long[] {1}),
        1,
        window(scene, Scene.START),
        scene.rate,
        Scene.START);
    assertThat(scene.saidTo(peer)).singleElement().isInstanceOf(Message.Refuse.class);
  }

  @Test
  void whatMayComeAnyMomentIsSentOnceItHasCome() {
    Peer asker = scene.viewer();
    assertThat(refused(asker, HELD)).isEmpty();

    server.arrived(scene.chunk(HELD), window(scene, Scene.START), scene.rate, Scene.START + BUSY);
    server.tick(1, Scene.START + Scene.SECOND);

    assertThat(scene.sendAll(Scene.START + BUSY))
        .singleElement()
        .satisfies(send -> assertThat(send.chunk().sequence()).isEqualTo(HELD))
        .satisfies(send -> assertThat(send.peer()).isEqualTo(asker.id()));
    assertThat(scene.saidTo(asker)).isEmpty();
  }

  @Test
  void whatDoesNotComeIsRefusedBeforeTheAskerTurnsToSomebodyElse() {
    Peer asker = scene.viewer();
    assertThat(refused(asker, HELD, HELD + 1)).isEmpty();

    server.tick(1, Scene.START + scene.context.tuning().pullRetry() / 2);
    assertThat(scene.saidTo(asker)).isEmpty();
    server.tick(1, Scene.START + scene.context.tuning().pullRetry());

    assertThat(scene.saidTo(asker))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Refuse.class,
            refuse -> assertThat(refuse.sequences()).containsExactly(HELD, HELD + 1));
  }

  @Test
  void nobodyIsSentWhatItHasGotElsewhereWhileItWaited() {
    Peer asker = scene.viewer();
    refused(asker, HELD);
    server.cancelled(asker, new Message.Cancel(1, new long[] {HELD}));

    server.arrived(scene.chunk(HELD), window(scene, Scene.START), scene.rate, Scene.START);

    assertThat(scene.sendAll(Scene.START)).isEmpty();
  }

  @Test
  void aSourceWaitsForNothing() {
    Scene source = Scene.of(Role.SOURCE, 16);
    ChunkServer publisher = new ChunkServer(source.context, source.uploader, now -> true);

    assertThat(refused(source, publisher, source.viewer(), Scene.START, Scene.START, HELD))
        .containsExactly((long) HELD);
  }

  @Test
  void whileTheQueueIsLongAFewAreServedAheadOfWhatIsPushed() {
    busy(scene, BUSY);
    Peer asker = scene.viewer();

    assertThat(refused(asker, 1)).isEmpty();

    assertThat(scene.sendAll(Scene.START).get(0).peer()).isEqualTo(asker.id());
  }

  @Test
  void whatIsPushedWaitsAFifthOfASecondForWhatIsAskedForAtMost() {
    ChunkWindow window = new ChunkWindow(Scene.WINDOW);
    for (int sequence = 0; sequence < HELD; sequence++) {
      window.add(scene.chunk(sequence, Scene.START, ChunkPriority.KEY_FRAME));
    }
    busy(scene, BUSY);
    for (int i = 0; i < 20; i++) {
      long[] wanted = LongStream.range(0, 20).toArray();
      server.asked(
          scene.viewer(), new Message.Request(1, wanted), 1, window, scene.rate, Scene.START);
    }

    long micros =
        scene.sendAll(Scene.START).stream()
            .map(Output.SendChunk::chunk)
            .takeWhile(chunk -> chunk.sequence() < HELD)
            .mapToLong(chunk -> scene.uploader.sendingMicros(chunk.frameBytes()))
            .sum();
    // What is on its way before everything is queued, and packets, count as well.
    assertThat(micros).isBetween(150_000L, 225_000L);
  }

  @Test
  void whileTheQueueIsLongThoseWhoAskForMuchAreRefusedAndNewcomersAreNot() {
    busy(scene, BUSY);
    useUp();

    assertThat(refused(scene.viewer(), 1, 2)).containsExactly(1L, 2L);
    assertThat(refused(newcomer(), 1, 2)).isEmpty();
  }

  @Test
  void inACrowdNewcomersLeaveWhatOthersHaveMissedItsShare() {
    ChunkServer crowded = new ChunkServer(scene.context, scene.uploader, now -> false);
    busy(scene, BUSY);
    int served = 0;
    while (refused(scene, crowded, newcomer(), Scene.START, Scene.START, 1).isEmpty()) {
      served++;
    }

    assertThat(served).isPositive();
    assertThat(refused(scene, crowded, scene.viewer(), Scene.START, Scene.START, 1)).isEmpty();
  }

  /** Takes all of the share that is there for what peers have missed. */
  private void useUp() {
    Peer greedy;
    do {
      greedy = scene.viewer();
    } while (refused(greedy, 1).isEmpty());
  }

  @Test
  void whileTheQueueIsVeryLongNobodyIs() {
    busy(scene, 5 * BUSY);

    assertThat(refused(newcomer(), 1)).containsExactly(1L);
  }

  @Test
  void whatANewcomerAsksForGoesBeforeWhatOthersHaveAskedFor() {
    Peer old = scene.viewer();
    Peer fresh = newcomer();
    useUp();
    scene.sendAll(Scene.START);
    assertThat(refused(old, 1)).isEmpty();
    assertThat(refused(fresh, 2)).isEmpty();

    assertThat(scene.sendAll(Scene.START))
        .extracting(Output.SendChunk::peer)
        .containsExactly(fresh.id(), old.id());
  }

  @Test
  void whereSomethingIsLeftOutKeyFramesAreServedAndOrdinaryChunksAreNot() {
    ChunkWindow window = new ChunkWindow(Scene.WINDOW);
    window.add(scene.chunk(1, Scene.START, ChunkPriority.ORDINARY));
    window.add(scene.chunk(2, Scene.START, ChunkPriority.KEY_FRAME));
    busy(scene, BUSY);
    scene.uploader.stretch(true);
    Peer asker = scene.viewer();
    server.asked(
        asker, new Message.Request(1, new long[] {1, 2}), 1, window, scene.rate, Scene.START);

    assertThat(scene.saidTo(asker))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Refuse.class, refuse -> assertThat(refuse.sequences()).containsExactly(1));
    assertThat(scene.sendAll(Scene.START).get(0).peer()).isEqualTo(asker.id());
  }

  @Test
  void aLeafServesNobody() {
    Scene leaf = Scene.ofLeaf();
    ChunkServer none = new ChunkServer(leaf.context, leaf.uploader, now -> true);
    Peer asker = leaf.viewer();

    assertThat(refused(leaf, none, asker, Scene.START, Scene.START, 1)).containsExactly(1L);
  }

  @Test
  void aSourceGivesAChunkOutTwiceWhateverItsQueue() {
    Scene source = Scene.of(Role.SOURCE, 16);
    ChunkServer rescuer = new ChunkServer(source.context, source.uploader, now -> true);
    busy(source, BUSY);

    for (int i = 0; i < 2; i++) {
      assertThat(refused(source, rescuer, source.viewer(), Scene.START, Scene.START, 1)).isEmpty();
    }
    assertThat(refused(source, rescuer, source.viewer(), Scene.START, Scene.START, 1))
        .as("whoever asks third can have it of the first two")
        .containsExactly(1L);
  }

  @Test
  void aSourceDoesNotFavourNewcomers() {
    Scene source = Scene.of(Role.SOURCE, 16);
    ChunkServer rescuer = new ChunkServer(source.context, source.uploader, now -> true);
    busy(source, BUSY);
    for (int i = 0; i < 2; i++) {
      refused(source, rescuer, source.viewer(), Scene.START, Scene.START, 1);
    }
    Peer fresh = source.peer(Role.VIEWER, false, Scene.START);

    assertThat(refused(source, rescuer, fresh, Scene.START, Scene.START, 1)).containsExactly(1L);
  }

  @Test
  void aSourceRescuesNoMoreThanASmallPartOfTheStream() {
    Scene source = Scene.of(Role.SOURCE, 16);
    ChunkServer rescuer = new ChunkServer(source.context, source.uploader, now -> true);
    busy(source, BUSY);
    Peer asker = source.viewer();
    long old = Scene.START - 5 * Scene.SECOND;

    long[] all = LongStream.range(0, 200).toArray();
    assertThat(refused(source, rescuer, asker, old, Scene.START, all))
        .as("a quarter of a second of the stream at once")
        .hasSize(200 - 20);
    long[] more = LongStream.range(200, 300).toArray();
    assertThat(refused(source, rescuer, asker, old, Scene.START + Scene.SECOND, more))
        .as("a twentieth of it in each second after that")
        .hasSize(100 - 4);
  }

  @Test
  void whatIsCancelledIsNotSent() {
    Peer peer = scene.viewer();
    refused(peer, 1, 2);
    server.cancelled(peer, new Message.Cancel(1, new long[] {1}));

    assertThat(scene.sendAll(Scene.START))
        .extracting(send -> send.chunk().sequence())
        .containsExactly(2L);
    assertThat(peer.have().has(1)).as("it holds what it does not want").isTrue();
  }
}
