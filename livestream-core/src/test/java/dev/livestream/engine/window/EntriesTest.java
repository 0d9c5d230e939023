package dev.livestream.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import org.junit.jupiter.api.Test;

/** What chunks tell of the places where newcomers can start. */
class EntriesTest {
  private final Entries entries = new Entries();

  private void comes(long sequence, int afterKeyFrame, long millis) {
    entries.note(
        new ChunkMeta(1, sequence, millis * 1_000, ChunkPriority.ORDINARY, afterKeyFrame, 1_000));
  }

  @Test
  void beforeAnythingHasComeNoneIsKnown() {
    assertThat(entries.latest()).isEqualTo(-1);
    assertThat(entries.passedMillis()).isZero();
    assertThat(entries.intervalMillis()).isZero();
  }

  @Test
  void anyChunkTellsOfTheKeyFrameBeforeIt() {
    comes(107, 7, 5_000);

    assertThat(entries.latest()).isEqualTo(100);
    assertThat(entries.intervalMillis()).isZero();
  }

  @Test
  void howMuchHasPassedIsToldInWhateverOrderChunksCome() {
    comes(107, 7, 5_300);
    comes(110, 10, 5_400);
    comes(100, 0, 5_000);
    comes(105, 5, 5_200);

    assertThat(entries.latest()).isEqualTo(100);
    assertThat(entries.passedMillis()).isEqualTo(400);
  }

  @Test
  void twoKeyFramesTellHowFarTheyLieApart() {
    comes(100, 0, 5_000);
    comes(250, 0, 7_000);
    comes(249, 149, 6_990);

    assertThat(entries.latest()).isEqualTo(250);
    assertThat(entries.intervalMillis()).isEqualTo(2_000);
    assertThat(entries.passedMillis()).isZero();
  }
}
