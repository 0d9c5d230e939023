package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import org.junit.jupiter.api.Test;

/** How much newcomers get before everybody else. */
class WelcomeTest {
  private static final long UPLINK = 100_000;
  private static final int CHUNK = 1_000;

  private final Welcome welcome = new Welcome();

  private int served(long from, long until) {
    int served = 0;
    for (long now = from; now < until; now += 1_000) {
      served += welcome.take(CHUNK, UPLINK, now) ? 1 : 0;
    }
    return served;
  }

  @Test
  void aFewAreServedAtOnce() {
    assertThat(served(Scene.START, Scene.START + 100_000)).isBetween(30, 32);
  }

  @Test
  void aCrowdGetsASmallPartOfTheUplink() {
    served(Scene.START, Scene.START + Scene.SECOND);

    assertThat(served(Scene.START + Scene.SECOND, Scene.START + 11 * Scene.SECOND))
        .isBetween(29, 31);
  }
}
