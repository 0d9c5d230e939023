package dev.livestream.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacerTest {
  private long now = 5_000_000_000L;
  private final List<Long> slept = new ArrayList<>();
  private final Pacer pacer =
      new Pacer(
          () -> now,
          nanos -> {
            slept.add(nanos / 1_000_000);
            now += nanos;
          });

  @Test
  void unitsGoOutWhenTheyAreDue() throws Exception {
    pacer.await(0);
    pacer.await(40_000);
    pacer.await(40_000);
    pacer.await(100_000);
    assertThat(slept).containsExactly(40L, 60L);
  }

  @Test
  void aLittleLatenessIsCaughtUp() throws Exception {
    pacer.await(0);
    now += 50_000_000;
    pacer.await(40_000);
    pacer.await(80_000);
    assertThat(slept).containsExactly(30L);
  }

  @Test
  void aLongPauseMovesTheSchedule() throws Exception {
    pacer.await(0);
    now += 10_000_000_000L;
    pacer.await(40_000);
    pacer.await(80_000);
    assertThat(slept).containsExactly(40L);
  }
}
