package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asks in vain all the time asks less; nobody else is held back. */
class CreditTest {
  private static final long SECOND = 1_000_000;

  private final Credit credit = new Credit();
  private long now = 5 * SECOND;

  @BeforeEach
  void begin() {
    credit.earn(now);
  }

  /** Asks for so many chunks a second, of which one in so many comes. */
  private int askedFor(int perSecond, int oneIn, int seconds) {
    int asked = 0;
    for (int i = 0; i < perSecond * seconds; i++) {
      now += SECOND / perSecond;
      credit.earn(now);
      if (credit.hasLeft()) {
        credit.pay();
        asked++;
        if (asked % oneIn == 0) {
          credit.earnedByChunk();
        }
      }
    }
    return asked;
  }

  private void useUp() {
    while (credit.hasLeft()) {
      credit.pay();
    }
  }

  @Test
  void whoHasJustLostParentsCanAskForSecondsOfTheStream() {
    assertThat(askedFor(100, 1_000, 3)).isEqualTo(300);
  }

  @Test
  void whereOneInEightIsAnsweredNobodyIsHeldBack() {
    useUp();
    askedFor(60, 8, 5);

    assertThat(askedFor(60, 8, 20)).isGreaterThan(1_150);
  }

  @Test
  void whoAsksInVainAsksEightTimesASecond() {
    useUp();

    assertThat(askedFor(60, Integer.MAX_VALUE, 20)).isBetween(155, 165);
  }

  @Test
  void aPauseEarnsNoMoreThanThereWasAtFirst() {
    useUp();
    now += 3_600 * SECOND;
    credit.earn(now);

    assertThat(askedFor(1_000, Integer.MAX_VALUE, 1)).isBetween(400, 410);
  }
}
