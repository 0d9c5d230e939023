package dev.livestream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.wire.Role;
import org.junit.jupiter.api.Test;

/** When what is told regularly is told. */
class EngineContextTest {
  private final EngineContext context = Scene.of(Role.VIEWER, 8).context;

  @Test
  void whatHasTheSameIntervalIsToldAtTheSameMoments() {
    long first = context.nextRound(Scene.SECOND, Scene.START);

    assertThat(first).isGreaterThan(Scene.START).isLessThanOrEqualTo(Scene.START + Scene.SECOND);
    assertThat(context.nextRound(Scene.SECOND, first - 1)).isEqualTo(first);
    assertThat(context.nextRound(Scene.SECOND, first)).isEqualTo(first + Scene.SECOND);
  }
}
