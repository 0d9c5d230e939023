package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.wire.Message.Attach.Need;
import dev.livestream.wire.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much a place is needed. */
class LackTest {
  private static final int SUBSTREAM = 2;
  private static final long LATER = Scene.START + 100 * Scene.SECOND;

  private final Grove grove = Grove.of(Role.VIEWER, 8);
  private final Substream substream = grove.substream(SUBSTREAM);
  private final Lack lack = new Lack(Scene.SUBSTREAMS);

  @BeforeEach
  void come() {
    lack.note(SUBSTREAM, true, Scene.START);
    lack.note(SUBSTREAM, false, Scene.START + Scene.SECOND);
  }

  @Test
  void whoHasLatelyComeSaysSo() {
    assertThat(lack.need(substream, Scene.START + Scene.SECOND)).isEqualTo(Need.NEWCOMER);
  }

  @Test
  void whoHasJustLostItsParentLooks() {
    lack.note(SUBSTREAM, true, LATER);

    assertThat(lack.need(substream, LATER + Scene.SECOND)).isEqualTo(Need.LOOKING);
  }

  @Test
  void whoHasAParentThatServesItWouldMove() {
    grove.parent(SUBSTREAM, 1);

    assertThat(lack.need(substream, LATER)).isEqualTo(Need.MOVING);
  }

  @Test
  void whoHasNoneForSecondsIsUnserved() {
    lack.note(SUBSTREAM, true, LATER);
    lack.note(SUBSTREAM, true, LATER + 2 * Scene.SECOND);

    assertThat(lack.need(substream, LATER + 3 * Scene.SECOND)).isEqualTo(Need.UNSERVED);
    assertThat(lack.need(grove.substream(SUBSTREAM + 1), LATER + 3 * Scene.SECOND))
        .isEqualTo(Need.LOOKING);
  }

  @Test
  void whoFoundOneBeginsAnew() {
    lack.note(SUBSTREAM, true, LATER);
    lack.note(SUBSTREAM, false, LATER + 2 * Scene.SECOND);
    lack.note(SUBSTREAM, true, LATER + 3 * Scene.SECOND);

    assertThat(lack.need(substream, LATER + 4 * Scene.SECOND)).isEqualTo(Need.LOOKING);
  }
}
