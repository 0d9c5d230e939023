package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import org.junit.jupiter.api.Test;

/** When a chunk is asked for again. */
class RequestTest {
  private static final long REST = 60_000;

  private final Request request = new Request(5);

  private boolean restsFor(long micros) {
    return request.rests(Scene.START + micros - 1) && !request.rests(Scene.START + micros);
  }

  @Test
  void whatOnePeerCannotSpareAnotherIsAskedForAtOnce() {
    request.refused(Scene.START);

    assertThat(request.rests(Scene.START)).isFalse();
  }

  @Test
  void whatSeveralCannotSpareRestsLongerEachTimeUpToABound() {
    request.refused(Scene.START);
    request.refused(Scene.START);
    assertThat(restsFor(REST)).isTrue();
    request.refused(Scene.START);
    assertThat(restsFor(2 * REST)).isTrue();
    for (int i = 0; i < 100; i++) {
      request.refused(Scene.START);
    }
    assertThat(restsFor(8 * REST)).isTrue();
  }
}
