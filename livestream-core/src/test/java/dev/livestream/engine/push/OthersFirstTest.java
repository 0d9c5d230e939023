package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Message.Attach.Need;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is served last where an uplink is behind. */
class OthersFirstTest {
  private static final int SUBSTREAM = 3;
  private static final long SECOND_CHUNK = SUBSTREAM + Scene.SUBSTREAMS;

  private final Grove grove = Grove.of(Role.VIEWER, 8);
  private final Substream substream = grove.substream(SUBSTREAM);

  @BeforeEach
  void feed() {
    grove.parent(SUBSTREAM, 1);
  }

  private Peer asked(int slots, Need need) {
    Peer asker = grove.scene.viewer();
    grove.trees.said(asker, new Message.Attach(SUBSTREAM, slots, false, need), grove.now);
    return asker;
  }

  /** To whom two chunks go that come at once. */
  private List<PeerId> served(long nowMicros) {
    for (long sequence : new long[] {SUBSTREAM, SECOND_CHUNK}) {
      grove.trees.forward(grove.scene.chunk(sequence), null, Long.MAX_VALUE, nowMicros);
    }
    return grove.scene.sendAll(nowMicros).stream().map(Output.SendChunk::peer).toList();
  }

  /**
   * Who is served in which order, a newcomer that came first or the resident after it.
   *
   * @param slots how many the newcomer serves itself
   * @param sinceMicros how long ago both came here
   */
  private List<String> orderBesideANewcomer(int slots, long sinceMicros) {
    PeerId newcomer = asked(slots, Need.NEWCOMER).id();
    asked(0, Need.LOOKING);
    return served(grove.now + sinceMicros).stream()
        .map(peer -> peer.equals(newcomer) ? "newcomer" : "resident")
        .toList();
  }

  @Test
  void aNewcomerIsServedAfterThoseWhoWereThere() {
    assertThat(orderBesideANewcomer(0, 0))
        .containsExactly("resident", "resident", "newcomer", "newcomer");
  }

  @Test
  void butNotForLong() {
    assertThat(orderBesideANewcomer(0, 5 * Scene.SECOND))
        .containsExactly("newcomer", "resident", "newcomer", "resident");
  }

  @Test
  void norIfOthersWaitForWhatItPassesOn() {
    assertThat(orderBesideANewcomer(2, 0))
        .containsExactly("newcomer", "newcomer", "resident", "resident");
  }

  @Test
  void whoIsToLookElsewhereIsServedAfterThoseWhoStay() {
    Peer leaving = asked(0, Need.LOOKING);
    PeerId staying = asked(0, Need.LOOKING).id();
    substream.dismiss(substream.children().get(0), grove.now + Scene.SECOND);

    assertThat(served(grove.now)).containsExactly(staying, staying, leaving.id(), leaving.id());
  }

  @Test
  void whoHasFoundAnotherParentGetsWhatItDoesNotPushInTime() {
    Peer moving = asked(0, Need.LOOKING);
    PeerId staying = asked(0, Need.LOOKING).id();
    grove.trees.said(moving, new Message.Detach(SUBSTREAM, SECOND_CHUNK), grove.now);

    assertThat(served(grove.now)).containsExactly(moving.id(), staying, staying);
  }
}
