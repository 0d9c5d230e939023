package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.wire.Role;
import org.junit.jupiter.api.Test;

/** What a viewer does not ask for when it comes back. */
class AbsenceTest {
  private static final double RATE = 100;
  private static final long SECOND = Scene.SECOND;

  private final Scene scene = Scene.of(Role.VIEWER, 8);
  private final Absence absence = new Absence(SECOND);
  private long now = Scene.START;

  /** A chunk comes that was just written. */
  private void comes(long sequence) {
    absence.heard(scene.chunk(sequence, now), RATE, now);
  }

  private void comesBackAfter(long seconds, long sequence) {
    comes(1_000);
    now += seconds * SECOND;
    comes(sequence);
  }

  @Test
  void whoeverWasAwayForLongPassesOverWhatCannotBeInTime() {
    comesBackAfter(20, 3_000);

    assertThat(absence.from()).isEqualTo(2_970);
    assertThat(absence.over()).isEqualTo(2_970);
  }

  @Test
  void whatWasMissedInAFewSecondsIsAskedFor() {
    comesBackAfter(3, 1_300);

    assertThat(absence.from()).isZero();
  }

  @Test
  void aStreamThatRestedIsNotTakenForAnAbsence() {
    comesBackAfter(20, 1_001);

    assertThat(absence.from()).isZero();
  }

  @Test
  void nothingIsPassedOverInAStreamOfFewChunks() {
    comesBackAfter(20, 1_020);

    assertThat(absence.from()).isZero();
  }

  @Test
  void whoeverComesForTheFirstTimeMissesNothing() {
    comes(3_000);
    absence.tick(3_500, now);

    assertThat(absence.from()).isZero();
  }

  @Test
  void asLongAsNothingComesOnlyTheLatestOfWhichOthersTellIsAskedFor() {
    comes(1_000);
    now += 20 * SECOND;
    absence.tick(1_250, now);

    assertThat(absence.from()).isEqualTo(1_234);
    assertThat(absence.over()).as("what is given up on others' word").isZero();
  }

  @Test
  void aLieIsForgottenWhenAGenuineChunkComes() {
    comes(1_000);
    now += 20 * SECOND;
    absence.tick(1_250, now);
    comes(1_001);
    absence.tick(1_250, now);

    assertThat(absence.from()).isZero();
  }

  @Test
  void whatAHostThatStoodStillFindsWaitingDoesNotHideItsAbsence() {
    comes(1_000);
    long written = now;
    now += 20 * SECOND;
    absence.heard(scene.chunk(1_001, written), RATE, now);
    comes(3_000);

    assertThat(absence.from()).isEqualTo(2_970);
  }

  @Test
  void inANewEpochAllIsForgotten() {
    comesBackAfter(20, 3_000);
    absence.restart();
    comes(5);

    assertThat(absence.from()).isZero();
  }
}
