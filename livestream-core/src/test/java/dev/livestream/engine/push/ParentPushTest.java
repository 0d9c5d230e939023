package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.PushState;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be expected of a parent. */
class ParentPushTest {
  private static final int SUBSTREAM = 0;
  private static final long STEP = Scene.SUBSTREAMS;

  private final Grove grove = Grove.of(Role.VIEWER, 8);
  private final ParentPush push = grove.trees.push();
  private final Peer parent = grove.parent(SUBSTREAM, 2);

  private void pushes(Peer peer, long... numbers) {
    for (long number : numbers) {
      push.cameFrom(peer, grove.scene.chunk(number * STEP), grove.now, grove.now);
    }
  }

  private PushState state(long number) {
    return push.state(number * STEP, grove.now, grove.now);
  }

  private long patience(long number) {
    return push.patience(number * STEP, grove.now);
  }

  @Test
  void whatComesAfterAllThatTheParentHasPushedIsOnItsWay() {
    pushes(parent, 1);

    assertThat(state(2)).isEqualTo(PushState.COMING);
    assertThat(push.parent(2 * STEP)).isSameAs(parent);
  }

  @Test
  void aChunkThatTheParentHasPassedOverIsWaitedForLonger() {
    pushes(parent, 1, 3);

    assertThat(state(2)).isEqualTo(PushState.PASSED_OVER);
    assertThat(patience(2)).isGreaterThan(patience(4));
  }

  @Test
  void severalInARowThatTheParentHasPassedOverAreLackingThereAsWell() {
    pushes(parent, 1, 4);

    assertThat(state(2)).isEqualTo(PushState.NONE);
    assertThat(state(3)).isEqualTo(PushState.NONE);
    assertThat(patience(3)).isEqualTo(patience(5));
  }

  @Test
  void whatADoubtedParentHasPassedOverIsNotExpected() {
    pushes(parent, 1, 3);
    grove.substream(SUBSTREAM).doubt();

    assertThat(state(2)).isEqualTo(PushState.NONE);
    assertThat(patience(2)).isZero();
  }

  @Test
  void whatLeftTheParentBeforeThisPeerCameToItIsNotPassedOver() {
    Peer next = grove.scene.viewer();
    long[] path = {Grove.SOURCE, next.id().shortId()};
    grove.substream(SUBSTREAM).attach(next, path, List.of(), 3 * STEP, false, grove.now);
    pushes(next, 3, 5);

    assertThat(state(2)).isEqualTo(PushState.NONE);
    assertThat(state(4)).isEqualTo(PushState.PASSED_OVER);
  }

  @Test
  void whatComesFromOthersIsNotTheParentsWork() {
    Peer other = grove.scene.viewer();

    assertThat(push.cameFrom(other, grove.scene.chunk(STEP), grove.now, grove.now)).isFalse();
    assertThat(state(0)).isEqualTo(PushState.COMING);
  }

  @Test
  void theParentIsToldOfWhatCameFromElsewhereIfItWasToPushIt() {
    Peer next = grove.scene.viewer();
    long[] path = {Grove.SOURCE, next.id().shortId()};
    grove.substream(SUBSTREAM).attach(next, path, List.of(), 3 * STEP, false, grove.now);
    grove.scene.outputs();

    repairs(2);
    assertThat(Scene.saidTo(next.id(), grove.scene.outputs())).as("before its time").isEmpty();
    repairs(4);
    assertThat(Scene.saidTo(next.id(), grove.scene.outputs())).isNotEmpty();
  }

  private void repairs(long number) {
    Message.Cancel cancel = new Message.Cancel(1, new long[] {number * STEP});
    push.repaired(grove.scene.viewer(), cancel, grove.now, grove.now);
  }
}
