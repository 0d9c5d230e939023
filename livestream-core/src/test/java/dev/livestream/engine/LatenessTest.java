package dev.livestream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenessTest {
  private static final long SECOND = 1_000_000;

  private final Lateness lateness = new Lateness();

  @Test
  void whoeverIsCalledInTimeWaitsNoLongerForOthers() {
    lateness.note(0, SECOND);
    assertThat(lateness.allowance(SECOND)).isZero();
  }

  @Test
  void othersAreWaitedForTwiceAsLongAsThisPeerWasLate() {
    lateness.note(150_000, SECOND);
    assertThat(lateness.allowance(SECOND)).isEqualTo(300_000);
  }

  @Test
  void latenessIsForgottenByHalfEachSecond() {
    lateness.note(400_000, SECOND);
    lateness.note(0, 2 * SECOND);
    assertThat(lateness.allowance(2 * SECOND)).isEqualTo(400_000);
    assertThat(lateness.allowance(4 * SECOND)).isEqualTo(100_000);
  }

  @Test
  void aLongPauseCountsAsASecond() {
    lateness.note(3_600 * SECOND, 4_000 * SECOND);
    assertThat(lateness.allowance(4_000 * SECOND)).isEqualTo(2 * SECOND);
  }
}
