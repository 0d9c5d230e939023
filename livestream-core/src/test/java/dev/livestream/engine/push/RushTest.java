package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import org.junit.jupiter.api.Test;

/** Many who look for places at once are told from a few who come now and then. */
class RushTest {
  private final Rush rush = new Rush();
  private long now = Scene.START;

  private void come(int count, long every) {
    for (int i = 0; i < count; i++) {
      now += every;
      rush.note(now);
    }
  }

  @Test
  void aFewNowAndThenAreNone() {
    come(100, Scene.SECOND);

    assertThat(rush.isOn(now)).isFalse();
  }

  @Test
  void manyAtOnceAreOne() {
    come(4, Scene.SECOND / 10);

    assertThat(rush.isOn(now)).isTrue();
  }

  @Test
  void howeverManyTheyAreForgottenInSomeSeconds() {
    come(10_000, 1);

    assertThat(rush.isOn(now + 2 * Scene.SECOND)).isTrue();
    assertThat(rush.isOn(now + 4 * Scene.SECOND)).isFalse();
  }
}
