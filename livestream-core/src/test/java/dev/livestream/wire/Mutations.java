package dev.livestream.wire;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** What may become of good bytes on a bad way. The same at every run. */
final class Mutations {
  private Mutations() {}

  /** The bytes themselves, and then changed ones. */
  static Stream<byte[]> of(byte[] good, int changed, long seed) {
    Random random = new Random(seed);
    return Stream.concat(
        Stream.of(good), Stream.generate(() -> mutate(good, random)).limit(changed));
  }

  private static byte[] mutate(byte[] good, Random random) {
    byte[] bytes = good.clone();
    int rounds = 1 + random.nextInt(3);
    for (int i = 0; i < rounds && bytes.length > 0; i++) {
      // Mostly near the front, where headers are.
      int at = random.nextInt(random.nextBoolean() ? Math.min(24, bytes.length) : bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(64));
        default -> {
          byte[] longer = new byte[bytes.length + 1];
          System.arraycopy(bytes, 0, longer, 0, at);
          longer[at] = (byte) random.nextInt(256);
          System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }
}
