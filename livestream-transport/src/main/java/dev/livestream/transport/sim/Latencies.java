package dev.livestream.transport.sim;

/**
 * One-way latencies as a pure function of the seed and the ordered pair, so that nothing is stored
 * for pairs that never talk, and a planner can ask for any.
 *
 * <p>Shape: the least latency plus a gamma distribution of shape 2, cut at six times its mean. It
 * has the single hump and the long tail that measured latencies between homes have.
 */
public final class Latencies {
  private static final double CUT = 6;

  private final long seed;
  private final double minMicros;
  private final double scale;

  /**
   * Latencies of a network.
   *
   * @param meanMicros mean over all pairs
   * @param minMicros the least
   */
  public Latencies(long seed, long meanMicros, long minMicros) {
    this.seed = seed;
    this.minMicros = minMicros;
    this.scale = (meanMicros - minMicros) / 2.0;
  }

  /** The latency from one host to another in microseconds; a small one from a host to itself. */
  public double micros(int from, int to) {
    if (from == to) {
      return 1;
    }
    long hash = SplitMix.mix(seed ^ SplitMix.mix(((long) from << 32) | to));
    double product = SplitMix.unit(hash) * SplitMix.unit(SplitMix.mix(hash));
    return minMicros + scale * Math.min(-Math.log(product), 2 * CUT);
  }
}
