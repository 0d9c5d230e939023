package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import org.junit.jupiter.api.Test;

/** How much of an uplink answers requests although children wait. */
class UplinkShareTest {
  private static final long UPLINK = 100_000;
  private static final int CHUNK = 1_000;

  private final UplinkShare share = new UplinkShare(0.03, 0.3);

  private int served(long from, long until) {
    int served = 0;
    for (long now = from; now < until; now += 1_000) {
      served += share.take(CHUNK, UPLINK, now) ? 1 : 0;
    }
    return served;
  }

  @Test
  void aFewAreServedAtOnce() {
    assertThat(served(Scene.START, Scene.START + 100_000)).isBetween(30, 32);
  }

  @Test
  void halfOfWhatIsSavedIsLeftToWhatMattersMore() {
    int ordinary = 0;
    while (share.takeIfPlenty(CHUNK, UPLINK, Scene.START)) {
      ordinary++;
    }
    int important = 0;
    while (share.take(CHUNK, UPLINK, Scene.START)) {
      important++;
    }

    assertThat(ordinary).isBetween(15, 16);
    assertThat(ordinary + important).isEqualTo(30);
  }

  @Test
  void manyGetTheShareAndNoMore() {
    served(Scene.START, Scene.START + Scene.SECOND);

    assertThat(served(Scene.START + Scene.SECOND, Scene.START + 11 * Scene.SECOND))
        .isBetween(29, 31);
  }
}
