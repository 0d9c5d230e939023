package dev.livestream.engine.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import org.junit.jupiter.api.Test;

/** Which queue is there to stay, and which comes and goes. */
class StandingQueueTest {
  private static final long EVERY = 20_000;

  private final StandingQueue standing = new StandingQueue();
  private long now = Scene.START;

  private void queued(long queueMicros, long forMicros) {
    for (long until = now + forMicros; now < until; now += EVERY) {
      standing.observe(queueMicros, now);
    }
  }

  @Test
  void aQueueThatGetsEmptyNowAndThenIsNone() {
    for (int i = 0; i < 20; i++) {
      queued(300_000, 700_000);
      queued(0, EVERY);
    }

    assertThat(standing.micros()).isZero();
  }

  @Test
  void aQueueThatNeverGetsEmptyCountsAsFarAsItNeverDoes() {
    for (int i = 0; i < 20; i++) {
      queued(300_000, 700_000);
      queued(120_000, EVERY);
    }

    assertThat(standing.micros()).isEqualTo(120_000);
  }

  @Test
  void aBurstDoesNotCountAtOnce() {
    queued(0, 3 * Scene.SECOND);
    queued(500_000, 900_000);

    assertThat(standing.micros()).isZero();
  }

  @Test
  void aQueueThatIsGoneIsForgottenAtOnce() {
    queued(300_000, 5 * Scene.SECOND);
    queued(0, EVERY);

    assertThat(standing.micros()).isZero();
  }

  @Test
  void whatWasBeforeAPauseDoesNotCount() {
    queued(0, 3 * Scene.SECOND);
    now += 10 * Scene.SECOND;
    queued(300_000, EVERY);

    assertThat(standing.micros()).isEqualTo(300_000);
  }
}
