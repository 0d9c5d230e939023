package dev.livestream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long others are waited for, and how much they are told, follows the stream. */
class TempoTest {
  private static final long SECOND = 1_000_000;

  private final Tempo tempo = new Tempo();

  @BeforeEach
  void nothingDiffersAtFirst() {
    assertThat(tempo.allowance()).isZero();
    assertThat(tempo.beats(SECOND)).isEqualTo(SECOND);
    assertThat(tempo.paced(SECOND)).isEqualTo(SECOND);
    assertThat(tempo.neighbours(12)).isEqualTo(12);
    assertThat(tempo.share()).isEqualTo(1);
  }

  private void bits(long perSecond) {
    tempo.bytes(perSecond / 8.0);
  }

  @Test
  void aFastStreamIsLikeTheUsualOne() {
    bits(50_000_000);
    tempo.chunks(100);

    nothingDiffersAtFirst();
  }

  @Test
  void whereChunksComeHalfAsOftenSilenceMeansHalfAsMuch() {
    tempo.chunks(3.75);

    assertThat(tempo.beats(150_000)).isBetween(299_000L, 302_000L);
    assertThat(tempo.allowance()).isBetween(265_000L, 268_000L);
  }

  @Test
  void nobodyIsWaitedForEndlessly() {
    tempo.chunks(0);

    assertThat(tempo.beats(SECOND)).isEqualTo(4 * SECOND);
    assertThat(tempo.allowance()).isLessThan(SECOND);
  }

  @Test
  void whatIsToldShrinksWithTheStream() {
    bits(500_000);

    assertThat(tempo.paced(SECOND)).isEqualTo(2 * SECOND);
    assertThat(tempo.neighbours(12)).isEqualTo(6);
    assertThat(tempo.share()).isEqualTo(0.25);
  }

  @Test
  void placesAreLookedForHoweverSlowTheStream() {
    bits(1);

    assertThat(tempo.share()).isEqualTo(0.1);
  }

  @Test
  void newsIsNeverOlderThanNeighboursBelieveAndNobodyIsAlone() {
    bits(1);

    assertThat(tempo.paced(SECOND)).isEqualTo(2 * SECOND);
    assertThat(tempo.neighbours(12)).isEqualTo(6);
  }
}
