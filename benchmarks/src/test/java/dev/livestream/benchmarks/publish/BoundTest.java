package dev.livestream.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundTest {
  @Test
  void aSingleSeedMayGoAQuarterBeyondALimit() {
    Bound bound = new Bound.AtMost(600);

    assertThat(bound.holdsForMedian(600)).isTrue();
    assertThat(bound.holdsForMedian(600.1)).isFalse();
    assertThat(bound.holdsForSeed(750)).isTrue();
    assertThat(bound.holdsForSeed(750.1)).isFalse();
    assertThat(bound.holdsForSeed(Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void whereNoneMayFailNoSeedHasOneThatFails() {
    Bound bound = new Bound.AtMost(0);

    assertThat(bound.holdsForSeed(0)).isTrue();
    assertThat(bound.holdsForSeed(1)).isFalse();
    assertThat(bound.text(Unit.COUNT)).isEqualTo("none");
  }

  @Test
  void ofAShareASingleSeedMayMissAQuarterMoreThanMayBeMissing() {
    Bound bound = new Bound.AtLeastShare(0.9995);

    assertThat(bound.holdsForMedian(0.9995)).isTrue();
    assertThat(bound.holdsForMedian(0.999499)).isFalse();
    assertThat(bound.holdsForSeed(0.999375)).isTrue();
    assertThat(bound.holdsForSeed(0.999374)).isFalse();
    assertThat(bound.text(Unit.PERCENT)).isEqualTo("at least 99.95 %");
  }

  @Test
  void ofAllThereIsNothingThatMayBeMissing() {
    assertThat(new Bound.AtLeastShare(1).holdsForSeed(0.999999)).isFalse();
  }

  @Test
  void aShareThatIsToRiseMayStayOnlyAtAll() {
    assertThat(new Bound.MoreThanShare(0.99).holdsForMedian(0.991)).isTrue();
    assertThat(new Bound.MoreThanShare(0.99).holdsForMedian(0.99)).isFalse();
    assertThat(new Bound.MoreThanShare(1).holdsForMedian(1)).isTrue();
    assertThat(new Bound.MoreThanShare(1).holdsForMedian(0.9999)).isFalse();
  }
}
