package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import org.junit.jupiter.api.Test;

/** Who has looked for a parent in vain for long. */
class LackTest {
  private static final int SUBSTREAM = 2;

  private final Lack lack = new Lack(Scene.SUBSTREAMS);

  @Test
  void whoHasJustLostItsParentHasNotLookedForLong() {
    lack.note(SUBSTREAM, true, Scene.START);

    assertThat(lack.isLong(SUBSTREAM, Scene.START + Scene.SECOND)).isFalse();
  }

  @Test
  void whoHasNoneForSecondsHas() {
    lack.note(SUBSTREAM, true, Scene.START);
    lack.note(SUBSTREAM, true, Scene.START + 2 * Scene.SECOND);

    assertThat(lack.isLong(SUBSTREAM, Scene.START + 3 * Scene.SECOND)).isTrue();
    assertThat(lack.isLong(SUBSTREAM + 1, Scene.START + 3 * Scene.SECOND)).isFalse();
  }

  @Test
  void whoFoundOneBeginsAnew() {
    lack.note(SUBSTREAM, true, Scene.START);
    lack.note(SUBSTREAM, false, Scene.START + 2 * Scene.SECOND);
    lack.note(SUBSTREAM, true, Scene.START + 3 * Scene.SECOND);

    assertThat(lack.isLong(SUBSTREAM, Scene.START + 4 * Scene.SECOND)).isFalse();
  }
}
