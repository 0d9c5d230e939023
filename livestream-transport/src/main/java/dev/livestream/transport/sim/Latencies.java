package dev.livestream.transport.sim;

/**
 * One-way latencies as a pure function of the seed and the ordered pair, so that nothing is stored
 * for pairs that never talk, and a planner can ask for any.
 *
 * <p>Shape: the least latency plus a gamma distribution of shape 4, cut at five times its mean. It
 * has one hump and a tail, as measured latencies between homes have, and gives the clairvoyant
 * planner of the design the delays that its table states.
 */
public final class Latencies {
  private static final int SHAPE = 4;
  private static final double CUT = 5;

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
    this.scale = (meanMicros - minMicros) / (double) SHAPE;
  }

  /** The latency from one host to another in microseconds; a small one from a host to itself. */
  public double micros(int from, int to) {
    if (from == to) {
      return 1;
    }
    long hash = SplitMix.mix(seed ^ SplitMix.mix(((long) from << 32) | to));
    // The sum of exponential draws is the logarithm of a product.
    double product = 1;
    for (int i = 0; i < SHAPE; i++) {
      product *= SplitMix.unit(hash);
      hash = SplitMix.mix(hash);
    }
    return minMicros + scale * Math.min(-Math.log(product), SHAPE * CUT);
  }
}
