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

  private final Grove grove = Grove.of(Role.VIEWER, PLACES);

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
    grove.places.tick(grove.now);
    grove.scene.outputs();
    busy();

    assertThat(forwarded(ChunkPriority.ORDINARY)).isEmpty();
    assertThat(forwarded(ChunkPriority.KEY_FRAME)).hasSize(PLACES + 1);
    assertThat(forwarded(ChunkPriority.AUDIO)).hasSize(PLACES + 1);
  }

  @Test
  void aBusyUplinkWithoutLeavesNothingOut() {
    fill();
    grove.places.tick(grove.now);
    grove.scene.outputs();
    busy();

    assertThat(forwarded(ChunkPriority.ORDINARY)).hasSize(PLACES);
  }

  private void busy() {
    Peer other = grove.scene.viewer();
    for (long i = 0; grove.scene.uploader.queueMicros() < 200_000; i++) {
      Chunk chunk = grove.scene.chunk(Scene.SUBSTREAMS * i);
      grove.scene.uploader.push(other, chunk, grove.now + 10 * Scene.SECOND, grove.now);
    }
  }

  /** To whom a chunk of the substream goes. */
  private List<Output.SendChunk> forwarded(ChunkPriority priority) {
    long sequence =
        1_000L * Scene.SUBSTREAMS + SUBSTREAM + (long) Scene.SUBSTREAMS * priority.code();
    Chunk chunk = grove.scene.chunk(sequence, grove.now, priority);
    grove.trees.forward(chunk, null, grove.now + 10 * Scene.SECOND, grove.now);
    List<Output.SendChunk> sent = grove.scene.sendAll(grove.now);
    busy();
    return sent.stream().filter(send -> send.chunk() == chunk).toList();
  }
}
