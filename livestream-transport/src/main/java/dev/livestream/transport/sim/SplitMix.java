package dev.livestream.transport.sim;

/** The SplitMix64 generator (Steele, Lea and Flood 2014): small, fast, and good as a hash too. */
final class SplitMix {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix(long seed) {
    state = seed;
  }

  /** The next number in (0, 1). */
  double next() {
    state += GAMMA;
    return unit(mix(state));
  }

  static long mix(long value) {
    long z = value + GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A hash as a number in (0, 1), never one of the ends. */
  static double unit(long hash) {
    return ((hash >>> 11) + 0.5) * 0x1.0p-53;
  }
}
