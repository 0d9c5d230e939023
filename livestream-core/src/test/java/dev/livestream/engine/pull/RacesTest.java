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
  void aFiftiethOfTheStreamMayBeAskedForAgainstPush() {
    races.refill(100, SECOND);
    takeAll();
    races.refill(100, 2 * SECOND);
    assertThat(takeAll()).isEqualTo(2);
  }

  @Test
  void whatIsSavedUpIsBounded() {
    races.refill(100, SECOND);
    races.refill(100, 1_000 * SECOND);
    assertThat(takeAll()).isEqualTo(4);
  }

  @Test
  void aSlowStreamStillGetsAFew() {
    races.refill(1, SECOND);
    races.refill(1, 1_000 * SECOND);
    assertThat(takeAll()).isEqualTo(2);
  }
}
