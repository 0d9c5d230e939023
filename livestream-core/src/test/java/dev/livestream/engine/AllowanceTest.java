package dev.livestream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How much of an allowance there is after some time, and after some was taken. */
class AllowanceTest {
  private static final long SECOND = Scene.SECOND;
  private long now = Scene.START;

  private int takeAll(Allowance allowance) {
    int taken = 0;
    while (allowance.take(1)) {
      taken++;
    }
    return taken;
  }

  @Test
  void itIsFullAtFirst() {
    assertThat(takeAll(Allowance.of(2, 10))).isEqualTo(10);

    Allowance later = Allowance.full();
    later.earn(2, 10, now);
    assertThat(takeAll(later)).isEqualTo(10);
  }

  @Test
  void whatIsEarnedInASecondCanBeTaken() {
    Allowance allowance = Allowance.of(4, 10);
    allowance.earn(now);
    takeAll(allowance);
    allowance.earn(now + SECOND / 2);

    assertThat(takeAll(allowance)).isEqualTo(2);
  }

  @Test
  void whatIsSavedUpIsBounded() {
    Allowance allowance = Allowance.of(4, 10);
    allowance.earn(now);
    takeAll(allowance);
    allowance.earn(now + 1_000 * SECOND);
    assertThat(takeAll(allowance)).isEqualTo(10);

    allowance.add(1_000);
    assertThat(takeAll(allowance)).isEqualTo(10);
  }

  @Test
  void nothingIsTakenWhereTooLittleIsLeft() {
    Allowance allowance = Allowance.of(1, 3);

    assertThat(allowance.has(4)).isFalse();
    assertThat(allowance.take(4)).isFalse();
    assertThat(allowance.has(3)).isTrue();
    assertThat(allowance.take(3)).isTrue();
    assertThat(allowance.has(1)).isFalse();
  }

  @Test
  void whatWasGivenAtFirstStaysUntilItIsTaken() {
    Allowance allowance = Allowance.with(40);
    for (int i = 0; i < 10; i++) {
      allowance.earn(1, 5, now += SECOND);
    }
    assertThat(takeAll(allowance)).isEqualTo(40);

    allowance.earn(1, 5, now + 1_000 * SECOND);
    assertThat(takeAll(allowance)).isEqualTo(5);
  }

  @Test
  void whereLessCanBeSavedUpThanBeforeTheRestIsLost() {
    Allowance allowance = Allowance.of(1, 10);
    allowance.earn(1, 4, now);
    allowance.earn(1, 4, now + 1);

    assertThat(takeAll(allowance)).isEqualTo(4);
  }
}
