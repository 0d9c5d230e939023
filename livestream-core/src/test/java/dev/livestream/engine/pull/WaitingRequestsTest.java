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

  @Test
  void allWhoWaitForAChunkGetItOnceInTheOrderInWhichTheyAsked() {
    Peer first = scene.viewer();
    Peer second = scene.viewer();
    waiting.add(first, 1, Scene.START);
    waiting.add(second, 2, Scene.START);
    waiting.add(second, 1, Scene.START);

    assertThat(waiting.take(1)).containsExactly(first, second);
    assertThat(waiting.take(1)).isEmpty();
    assertThat(waiting.take(2)).containsExactly(second);
  }

  @Test
  void whoHasWaitedForLongEnoughIsNamedWithAllItWaitedForOnce() {
    Peer patient = scene.viewer();
    waiting.add(patient, 1, Scene.START);
    waiting.add(patient, 2, Scene.START);
    waiting.add(patient, 3, LATER);

    assertThat(waiting.takeOverdue(LATER)).isEqualTo(Map.of(patient, List.of(1L, 2L)));
    assertThat(waiting.takeOverdue(LATER)).isEmpty();
    assertThat(waiting.take(3)).containsExactly(patient);
  }

  @Test
  void askingAgainIsWaitingOnce() {
    Peer eager = scene.viewer();
    waiting.add(eager, 1, Scene.START);
    waiting.add(eager, 1, Scene.START);

    assertThat(waiting.take(1)).containsExactly(eager);
  }

  @Test
  void whoGoesWaitsForNothing() {
    Peer gone = scene.viewer();
    Peer stays = scene.viewer();
    waiting.add(gone, 1, Scene.START);
    waiting.add(stays, 1, Scene.START);

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
