package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RacesTest {
  private static final long SECOND = 1_000_000;

  private final Races races = new Races();

  private int takeAll() {
    int taken = 0;
    while (races.hasLeft()) {
      races.take();
      taken++;
    }
    return taken;
  }

  @Test
  void aNewcomerMayAskForSomeAtOnce() {
    races.refill(400, SECOND);
    assertThat(takeAll()).isEqualTo(40);
  }

  @Test
  void oneInTwoHundredMayBeAskedForAgainstPush() {
    races.refill(400, SECOND);
    takeAll();
    races.refill(400, 3 * SECOND);
    assertThat(takeAll()).isEqualTo(4);
  }

  @Test
  void whatIsSavedUpIsBounded() {
    races.refill(1_000, SECOND);
    takeAll();
    races.refill(1_000, 1_000 * SECOND);
    assertThat(takeAll()).isEqualTo(10);
  }

  @Test
  void aSlowStreamStillGetsAFew() {
    races.refill(1, SECOND);
    takeAll();
    races.refill(1, 1_000 * SECOND);
    assertThat(takeAll()).isEqualTo(4);
  }
}
