package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceTimeTest {
  private final ServiceTime service = new ServiceTime();

  @Test
  void timeForAskingTwiceFollowsTheAnswers() {
    for (int i = 0; i < 100; i++) {
      service.took(160_000);
    }
    assertThat(service.forTwo()).isBetween(320_000L, 330_000L);
  }

  @Test
  void quickAnswersDoNotMakeItReckless() {
    for (int i = 0; i < 100; i++) {
      service.took(1_000);
    }
    assertThat(service.forTwo()).isEqualTo(240_000);
  }

  @Test
  void slowAnswersDoNotMakeItHasty() {
    for (int i = 0; i < 100; i++) {
      service.took(5_000_000);
    }
    assertThat(service.forTwo()).isEqualTo(800_000);
  }
}
