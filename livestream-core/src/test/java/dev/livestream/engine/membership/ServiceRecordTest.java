package dev.livestream.engine.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How much is asked of a peer at once. */
class ServiceRecordTest {
  private static final long START = 1_000_000;
  private static final long REST = 60_000;
  private static final long RTT = 80_000;

  private final ServiceRecord service = new ServiceRecord();

  private boolean restsFor(long micros, long since) {
    return !service.takesRequests(since + micros - 1) && service.takesRequests(since + micros);
  }

  /** It answers questions that were all put at the start, one after each pause. */
  private void serves(int chunks, long pause) {
    for (int i = 1; i <= chunks; i++) {
      service.served(START, RTT, START + RTT + i * pause);
      service.answered(true);
    }
  }

  @Test
  void whoRefusesOnceMoreIsLeftAloneForTwiceAsLong() {
    service.refuses(REST, START);
    assertThat(restsFor(REST, START)).isTrue();
    service.refuses(REST, START);
    assertThat(restsFor(2 * REST, START)).isTrue();
  }

  @Test
  void theRestIsBounded() {
    for (int i = 0; i < 1_000; i++) {
      service.refuses(REST, START);
    }
    assertThat(restsFor(2 * REST, START)).isTrue();
  }

  @Test
  void whoDeliversInTimeIsTrustedAgain() {
    service.refuses(REST, START);
    service.refuses(REST, START);
    service.answered(false);
    service.answered(true);
    service.refuses(REST, START);
    assertThat(restsFor(REST, START)).isTrue();
  }

  @Test
  void refusalsHalveWhatMayBeAskedAtOnceButSomethingAlwaysMay() {
    serves(50, 1_000);
    int before = service.window();
    service.refuses(REST, START);
    assertThat(service.window()).isEqualTo(before / 2);
    for (int i = 0; i < 100; i++) {
      service.refuses(REST, START);
    }
    assertThat(service.window()).isEqualTo(2);
  }

  @Test
  void whoServesQuicklyIsAskedForMoreAtOnceAndWhoIsSlowForLittle() {
    int before = service.window();
    serves(30, 4_000);
    assertThat(service.window()).as("250 a second").isGreaterThan(2 * before);

    ServiceRecord slow = new ServiceRecord();
    for (int i = 1; i <= 4; i++) {
      slow.served(START, RTT, START + RTT + i * 65_000L);
      slow.answered(true);
    }
    assertThat(slow.window()).as("15 a second").isBetween(2, 5);
  }

  @Test
  void theWayThereAndBackIsNoSlowness() {
    for (int i = 0; i < 20; i++) {
      long asked = START + i * 1_000_000L;
      service.served(asked, RTT, asked + RTT + 3_000);
    }
    assertThat(service.pace()).isLessThan(5_000);
  }

  @Test
  void severalThatComeAtOnceSayNothingNew() {
    service.served(START, RTT, START + RTT + 10_000);
    double before = service.pace();
    service.served(START, RTT, START + RTT + 10_000);
    assertThat(service.pace()).isEqualTo(before);
  }
}
