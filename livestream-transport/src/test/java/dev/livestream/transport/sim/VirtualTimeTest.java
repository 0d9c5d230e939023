package dev.livestream.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private static final long START = 1_767_225_600_000_000L;

  private record Ran(long time, int order) {}

  private static final class Note extends SimEvent {
    private final VirtualTime time;
    private final List<Ran> log;
    private final int number;

    Note(VirtualTime time, List<Ran> log, int number) {
      this.time = time;
      this.log = log;
      this.number = number;
    }

    @Override
    protected void run() {
      log.add(new Ran(time.nowMicros(), number));
    }
  }

  @Test
  void runsEventsInOrderOfTimeThenOfScheduling() {
    VirtualTime time = new VirtualTime(START);
    Random random = new Random(1);
    List<Ran> expected = new ArrayList<>();
    List<Ran> log = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      // Near, within the ring, and far beyond it.
      long reach = i % 3 == 0 ? 50 : i % 3 == 1 ? 3_000_000 : 60_000_000;
      long at = START + random.nextLong(reach);
      time.schedule(at, new Note(time, log, i));
      expected.add(new Ran(at, i));
    }
    expected.sort(Comparator.comparingLong(Ran::time).thenComparingInt(Ran::order));

    assertThat(time.pending()).isEqualTo(20_000);
    for (long at = START; at < START + 61_000_000; at += 777_777) {
      time.runUntil(at);
    }
    time.runUntil(START + 61_000_000);

    assertThat(log).isEqualTo(expected);
    assertThat(time.pending()).isZero();
    assertThat(time.events()).isEqualTo(20_000);
    assertThat(time.nowMicros()).isEqualTo(START + 61_000_000);
  }

  @Test
  void anEventMayScheduleItselfAgainAndOthersForNow() {
    VirtualTime time = new VirtualTime(0);
    List<Long> ticks = new ArrayList<>();
    SimEvent ticker =
        new SimEvent() {
          @Override
          protected void run() {
            ticks.add(time.nowMicros());
            if (ticks.size() < 4) {
              time.schedule(time.nowMicros() + 5_000_000, this);
            }
          }
        };
    time.schedule(10, ticker);

    while (time.step()) {
      assertThat(ticks.size()).isLessThanOrEqualTo(4);
    }

    assertThat(ticks).containsExactly(10L, 5_000_010L, 10_000_010L, 15_000_010L);
  }

  @Test
  void aMomentThatIsPastMeansNow() {
    VirtualTime time = new VirtualTime(0);
    List<Ran> log = new ArrayList<>();
    time.runUntil(1_000_000);
    time.schedule(5, new Note(time, log, 0));
    time.runUntil(1_000_000);

    assertThat(log).containsExactly(new Ran(1_000_000, 0));
  }

  @Test
  void refusesAnEventThatWaitsAlready() {
    VirtualTime time = new VirtualTime(0);
    SimEvent event = new Note(time, new ArrayList<>(), 0);
    time.schedule(1, event);

    assertThatThrownBy(() -> time.schedule(2, event)).isInstanceOf(IllegalStateException.class);
  }
}
