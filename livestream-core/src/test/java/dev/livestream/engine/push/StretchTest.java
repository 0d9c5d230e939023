package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.ChunkPriority;
import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Message;
import dev.livestream.wire.Message.Attach.Need;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where there is no room anywhere, full peers take some more, and leave out ordinary chunks. */
class StretchTest {
  private static final int SUBSTREAM = 1;
  private static final int PLACES = 10;
  // Three tenths more than what the uplink, of ten places and a half at 97 %, carries.
  private static final int MOST = 14;
  private static final long BUSY = 200_000;
  private static final long FAR_BEHIND = 400_000;

  private final Grove grove = Grove.of(Role.VIEWER, PLACES);
  private long sequence = 1_000L * Scene.SUBSTREAMS + SUBSTREAM;

  private boolean isTaken(Need need) {
    Peer asker = grove.scene.viewer();
    grove.requests.asked(asker, new Message.Attach(SUBSTREAM, 0, false, need), grove.now);
    return grove.scene.saidTo(asker).stream().anyMatch(Message.Attached.class::isInstance);
  }

  private void fill() {
    grove.parent(SUBSTREAM, 1);
    grove.children(SUBSTREAM, new int[PLACES]);
  }

  @Test
  void whoHasNotLookedForLongIsRefusedByAFullPeer() {
    fill();

    assertThat(isTaken(Need.LOOKING)).isFalse();
  }

  @Test
  void whoHasIsTakenUpToABound() {
    fill();
    for (int i = PLACES; i < MOST; i++) {
      assertThat(isTaken(Need.UNSERVED)).as("child %s", i + 1).isTrue();
    }

    assertThat(isTaken(Need.UNSERVED)).isFalse();
  }

  @Test
  void aSourceTakesNobodyBeyondItsShare() {
    Grove source = Grove.of(Role.SOURCE, Scene.SUBSTREAMS);
    source.children(SUBSTREAM, 1);
    Peer asker = source.scene.viewer();
    source.requests.asked(
        asker, new Message.Attach(SUBSTREAM, 0, false, Need.UNSERVED), source.now);

    assertThat(source.scene.saidTo(asker)).singleElement().isInstanceOf(Message.Redirect.class);
  }

  @Test
  void childrenThatAreTooManyAreNotSentAwayForThat() {
    fill();
    for (int i = PLACES; i < MOST; i++) {
      isTaken(Need.UNSERVED);
    }
    grove.places.tick(grove.now + Scene.SECOND);

    assertThat(grove.substream(SUBSTREAM).places()).isEqualTo(MOST);
  }

  @Test
  void aBusyUplinkWithTooManyChildrenLeavesOutOrdinaryChunksOnly() {
    fill();
    isTaken(Need.UNSERVED);
    settle();

    assertThat(forwarded(ChunkPriority.ORDINARY, BUSY)).isEmpty();
    assertThat(forwarded(ChunkPriority.KEY_FRAME, BUSY)).hasSize(PLACES + 1);
    assertThat(forwarded(ChunkPriority.AUDIO, BUSY)).hasSize(PLACES + 1);
  }

  @Test
  void anUplinkWithoutLeavesThemOutOnlyWhileManyLookForPlaces() {
    fill();
    settle();
    assertThat(forwarded(ChunkPriority.ORDINARY, FAR_BEHIND)).hasSize(PLACES);

    for (int i = 0; i < 6; i++) {
      grove.trees.greeted(grove.scene.viewer(), true, grove.now);
    }
    assertThat(forwarded(ChunkPriority.ORDINARY, FAR_BEHIND)).isEmpty();
    assertThat(forwarded(ChunkPriority.KEY_FRAME, FAR_BEHIND)).hasSize(PLACES);
  }

  @Test
  void aSourceLeavesNothingOut() {
    Grove source = Grove.of(Role.SOURCE, PLACES);
    keepBusy(source, FAR_BEHIND);

    assertThat(source.scene.uploader.leavesOut(source.scene.chunk(SUBSTREAM), true)).isFalse();
  }

  private void settle() {
    grove.places.tick(grove.now);
    grove.scene.outputs();
  }

  private static void keepBusy(Grove grove, long queueMicros) {
    Peer other = grove.scene.viewer();
    for (long i = 0; grove.scene.uploader.queueMicros() < queueMicros; i++) {
      Chunk chunk = grove.scene.chunk(Scene.SUBSTREAMS * i);
      grove.scene.uploader.push(other, chunk, grove.now + 10 * Scene.SECOND, grove.now);
    }
  }

  /** To whom a chunk of the substream goes while so much waits before it. */
  private List<Output.SendChunk> forwarded(ChunkPriority priority, long queueMicros) {
    keepBusy(grove, queueMicros);
    sequence += Scene.SUBSTREAMS;
    Chunk chunk = grove.scene.chunk(sequence, grove.now, priority);
    grove.trees.forward(chunk, null, grove.now + 10 * Scene.SECOND, grove.now);
    return grove.scene.sendAll(grove.now).stream().filter(send -> send.chunk() == chunk).toList();
  }
}
