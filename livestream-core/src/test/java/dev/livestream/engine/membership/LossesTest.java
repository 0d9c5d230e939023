package dev.livestream.engine.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import org.junit.jupiter.api.Test;

/** A disaster is told from the deaths of every day. */
class LossesTest {
  private final Losses losses = new Losses();
  private long now = Scene.START;

  private void lose(int count, long every) {
    for (int i = 0; i < count; i++) {
      losses.note(now);
      now += every;
    }
  }

  @Test
  void mostOfThoseConnectedAreADisaster() {
    lose(16, Scene.SECOND / 20);

    assertThat(losses.areMost(4, now)).isTrue();
    assertThat(losses.areMost(10, now)).isTrue();
  }

  @Test
  void halfOfThemAreNone() {
    lose(10, Scene.SECOND / 20);

    assertThat(losses.areMost(10, now)).isFalse();
  }

  @Test
  void neitherAreThoseWhoDieOneByOne() {
    lose(100, 2 * Scene.SECOND);

    assertThat(losses.areMost(10, now)).isFalse();
  }

  @Test
  void theLastOneOrTwoAreNoneWhoeverIsLeft() {
    lose(2, 0);

    assertThat(losses.areMost(0, now)).isFalse();
  }

  @Test
  void itIsOverAfterSomeSeconds() {
    lose(16, 0);

    assertThat(losses.areMost(4, now + 2 * Scene.SECOND)).isTrue();
    assertThat(losses.areMost(4, now + 4 * Scene.SECOND)).isFalse();
  }
}
