package dev.livestream.engine.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CopyBudgetTest {
  private static final long SECOND = 1_000_000;
  private static final double RATE = 100_000;

  private final CopyBudget budget = new CopyBudget(3);

  @Test
  void isUsedUpByWhatIsSentAndGrowsWithWhatIsPublished() {
    budget.pay(64 * 1024);
    assertThat(budget.hasLeft()).isFalse();
    budget.earn(10_000, SECOND);
    budget.pay(29_999);
    assertThat(budget.hasLeft()).isTrue();
    budget.pay(1);
    assertThat(budget.hasLeft()).isFalse();
  }

  @Test
  void timeEarnsOnceNothingHasBeenPublishedForASecond() {
    budget.earn(1, SECOND);
    budget.pay(600_000);
    budget.rest(RATE, 2 * SECOND);
    assertThat(budget.hasLeft()).isFalse();
    for (long now = 2 * SECOND; now < 3 * SECOND; now += SECOND / 10) {
      budget.rest(RATE, now);
      assertThat(budget.hasLeft()).isFalse();
    }
    budget.rest(RATE, 4 * SECOND);
    assertThat(budget.hasLeft()).isTrue();
  }

  @Test
  void publishingEndsTheRest() {
    budget.earn(1, SECOND);
    budget.pay(600_000);
    for (int i = 2; i < 20; i++) {
      budget.earn(1, i * SECOND);
      budget.rest(RATE, i * SECOND + SECOND);
      assertThat(budget.hasLeft()).isFalse();
    }
  }

  @Test
  void whatIsSavedUpIsBounded() {
    budget.rest(RATE, 1_000 * SECOND);
    budget.pay(64 * 1024);
    assertThat(budget.hasLeft()).as("before anything was published").isFalse();
    budget.earn(1_000_000_000, SECOND);
    budget.rest(RATE, 1_000_000 * SECOND);
    budget.pay(512 * 1024 - 1);
    assertThat(budget.hasLeft()).isTrue();
    budget.pay(1);
    assertThat(budget.hasLeft()).isFalse();
  }

  @Test
  void withoutABoundThereIsAlwaysSomethingLeft() {
    CopyBudget unbounded = new CopyBudget(0);
    unbounded.pay(Long.MAX_VALUE / 2);
    assertThat(unbounded.hasLeft()).isTrue();
  }
}
