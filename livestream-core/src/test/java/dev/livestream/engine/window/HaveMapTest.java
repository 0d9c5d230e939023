package dev.livestream.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map against a plain set of numbers that does the same one by one. */
class HaveMapTest {
  private static final int CAPACITY = 128;

  private final HaveMap map = new HaveMap(CAPACITY);
  private final TreeSet<Long> model = new TreeSet<>();
  private long end;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void doesWhatAPlainSetDoesWhateverComes(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < 3_000; step++) {
      long near = Math.max(0, end + random.nextInt(200) - 150);
      switch (random.nextInt(24)) {
        case 0 -> replace(near, random);
        case 1 -> set(end + random.nextInt(3 * CAPACITY));
        case 2 -> {
          map.remove(near);
          model.remove(near);
        }
        default -> set(near);
      }
      assertThatAllIsTheSameAround(near);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void isEmptyOnceCleared(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      set(random.nextInt(1_000));
    }
    map.clear();
    model.clear();
    end = 0;
    assertThatAllIsTheSameAround(0);
    set(CAPACITY / 2);
    assertThatAllIsTheSameAround(0);
  }

  private long base() {
    return Math.max(0, end - CAPACITY);
  }

  private void set(long sequence) {
    map.add(sequence);
    if (sequence >= base()) {
      model.add(sequence);
      end = Math.max(end, sequence + 1);
      model.headSet(base()).clear();
    }
  }

  private void replace(long from, Random random) {
    byte[] octets = new byte[random.nextInt(20)];
    random.nextBytes(octets);
    if (octets.length > 2 && random.nextBoolean()) {
      octets[octets.length - 1] = 0;
    }
    map.replace(from, octets);
    long oldEnd = end;
    for (int i = 0; i < octets.length * 8; i++) {
      if ((octets[i / 8] & 1 << i % 8) != 0) {
        end = Math.max(end, from + i + 1);
      }
    }
    for (int i = 0; i < octets.length * 8; i++) {
      long sequence = from + i;
      if ((octets[i / 8] & 1 << i % 8) != 0) {
        model.add(sequence);
      } else if (sequence < oldEnd) {
        model.remove(sequence);
      }
    }
    model.headSet(base()).clear();
  }

  private void assertThatAllIsTheSameAround(long from) {
    assertThat(map.end()).isEqualTo(end);
    assertThat(map.base()).isEqualTo(base());
    for (long sequence = Math.max(0, from - 10); sequence < end + 70; sequence += 7) {
      assertThat(map.has(sequence)).isEqualTo(model.contains(sequence));
      Long held = model.ceiling(sequence);
      assertThat(map.nextHeld(sequence)).isEqualTo(held == null ? end : held);
      assertThat(map.nextMissing(sequence)).isEqualTo(nextMissing(sequence));
    }
    byte[] octets = map.bits(from);
    assertThat(octets).hasSize((int) ((Math.max(0, end - from) + 7) / 8));
    for (int i = 0; i < octets.length * 8; i++) {
      assertThat((octets[i / 8] & 1 << i % 8) != 0).isEqualTo(model.contains(from + i));
    }
  }

  private long nextMissing(long from) {
    long sequence = from;
    while (model.contains(sequence)) {
      sequence++;
    }
    return sequence;
  }
}
