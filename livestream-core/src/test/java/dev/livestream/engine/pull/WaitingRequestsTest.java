package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who waits for a chunk, for how long, and how many at most. */
class WaitingRequestsTest {
  private static final long LATER = Scene.START + Scene.SECOND;

  private final Scene scene = Scene.of(Role.VIEWER, 16);
  private final WaitingRequests waiting = new WaitingRequests();

  private void ask(Peer peer, long... sequences) {
    for (long sequence : sequences) {
      waiting.add(peer, sequence, Scene.START);
    }
  }

  @Test
  void allWhoWaitForAChunkGetItOnceInTheOrderInWhichTheyAsked() {
    Peer first = scene.viewer();
    Peer second = scene.viewer();
    ask(first, 1);
    ask(second, 2, 1);

    assertThat(waiting.take(1)).containsExactly(first, second);
    assertThat(waiting.take(1)).isEmpty();
    assertThat(waiting.take(2)).containsExactly(second);
  }

  @Test
  void whoHasWaitedForLongEnoughIsNamedWithAllItWaitedForOnce() {
    Peer patient = scene.viewer();
    ask(patient, 1, 2);
    waiting.add(patient, 3, LATER);

    assertThat(waiting.takeOverdue(LATER)).isEqualTo(Map.of(patient, List.of(1L, 2L)));
    assertThat(waiting.takeOverdue(LATER)).isEmpty();
    assertThat(waiting.take(3)).containsExactly(patient);
  }

  @Test
  void askingAgainIsWaitingOnce() {
    Peer eager = scene.viewer();
    ask(eager, 1, 1);

    assertThat(waiting.take(1)).containsExactly(eager);
  }

  @Test
  void whoGoesWaitsForNothing() {
    Peer gone = scene.viewer();
    Peer stays = scene.viewer();
    ask(gone, 1);
    ask(stays, 1);

    waiting.drop(gone);

    assertThat(waiting.take(1)).containsExactly(stays);
  }

  @Test
  void onePeerAndAllTogetherMakeOnlySoManyRequestsWait() {
    assertThat(accepted(scene.viewer())).isEqualTo(64);
    for (int i = 0; i < 3; i++) {
      accepted(scene.viewer());
    }
    assertThat(accepted(scene.viewer())).isZero();
  }

  private int accepted(Peer peer) {
    int accepted = 0;
    while (waiting.add(peer, accepted, Scene.START)) {
      accepted++;
    }
    return accepted;
  }
}
