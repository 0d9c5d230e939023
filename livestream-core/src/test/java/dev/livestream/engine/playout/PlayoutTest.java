package dev.livestream.engine.playout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.window.ChunkWindow;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Role;
import org.junit.jupiter.api.Test;

/** How long the reader waits for what is missing when a stream begins, and when it begins anew. */
class PlayoutTest {
  private static final long TRAVEL = 100_000;

  private final Scene scene = Scene.of(Role.VIEWER, 8);
  private final Playout playout = new Playout(scene.context, Scene.START);
  private ChunkWindow window = new ChunkWindow(Scene.WINDOW);
  private long now = Scene.START;

  /** A chunk that is made now is pushed here. */
  private void comes(long sequence) {
    Chunk chunk = scene.chunk(sequence, now);
    now += TRAVEL;
    window.add(chunk);
    arrived(chunk);
  }

  private void arrived(Chunk chunk) {
    if (!playout.started()) {
      playout.start(chunk, window, now);
    }
    playout.arrived(chunk, true, window, now);
  }

  private void pass(long micros) {
    for (long until = now + micros; now < until; now += 50_000) {
      playout.tick(window, now);
    }
  }

  private boolean hasSkipped() {
    return scene.outputs().stream().anyMatch(Output.Gap.class::isInstance);
  }

  private void restart() {
    playout.restart(1);
    window = new ChunkWindow(Scene.WINDOW);
    now += 5 * Scene.SECOND;
  }

  @Test
  void whoSawTheStreamBeginWaitsForItsFirstChunkUpToThreeTimesTheTarget() {
    playout.startFromBeginning();
    comes(1);

    pass(2 * Scene.SECOND);
    assertThat(hasSkipped()).isFalse();
    pass(2 * Scene.SECOND);
    assertThat(hasSkipped()).isTrue();
  }

  @Test
  void whoWasPlayingWaitsForTheFirstChunkOfANewEpochNoLongerThanForAnyOther() {
    comes(0);
    restart();
    comes(1);

    pass(Scene.SECOND - 2 * TRAVEL);
    assertThat(hasSkipped()).isFalse();
    pass(3 * TRAVEL);
    assertThat(hasSkipped()).isTrue();
  }

  @Test
  void aNewcomerGivesUpThePastBeforeWhatWasWrittenSinceItCameIsLate() {
    window.add(scene.chunk(0, now - Scene.SECOND / 2));
    arrived(scene.chunk(0, now - Scene.SECOND / 2));
    comes(2);

    assertThat(playout.deadline(now - Scene.SECOND))
        .as("the past, which would be late for a viewer that was there")
        .isBetween(Scene.START + Scene.SECOND * 3 / 4, Scene.START + Scene.SECOND);
    assertThat(playout.deadline(now)).isEqualTo(now + Scene.SECOND);
    pass(Scene.SECOND - 2 * TRAVEL);
    assertThat(hasSkipped()).isFalse();
    pass(3 * TRAVEL);
    assertThat(hasSkipped()).isTrue();
  }

  @Test
  void whoFindsItsFirstChunkLateHasHalfTheTargetForThePast() {
    now += 5 * Scene.SECOND;
    comes(1);

    assertThat(playout.deadline(now - 2 * Scene.SECOND))
        .isBetween(now + Scene.SECOND / 4, now + Scene.SECOND / 2)
        .as("the oldest is asked for first")
        .isLessThan(playout.deadline(now - Scene.SECOND));
  }

  @Test
  void whatANewcomerStillWaitsForIsNotWorthPassingOn() {
    long old = now - 2 * Scene.SECOND;
    comes(1);

    assertThat(playout.deadline(old + Scene.SECOND)).isGreaterThan(now);
    assertThat(playout.worthUntil(old + Scene.SECOND)).isLessThan(now);
  }

  @Test
  void whatWillNotBeAskedForIsGivenUpAtOnce() {
    comes(0);
    comes(500);
    playout.passOver(500, window, now);

    assertThat(scene.outputs()).contains(new Output.Gap(0, 1, 500));
    assertThat(playout.next()).isEqualTo(501);
  }

  @Test
  void whatIsThereIsNotGivenUp() {
    comes(0);
    comes(300);
    comes(500);
    playout.passOver(490, window, now);

    assertThat(scene.outputs()).contains(new Output.Gap(0, 1, 300));
    assertThat(playout.next()).isEqualTo(301);
  }
}
