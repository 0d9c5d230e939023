package dev.livestream.transport.sim;

/**
 * Which packets are lost: the Gilbert-Elliott model with a good state that loses nothing and a bad
 * one that loses everything, so that losses come in bursts of the wanted mean length.
 *
 * <p>The state lasts through the packets of one train and is drawn anew, from the stationary
 * distribution, for the next: trains to one receiver are tens of milliseconds apart, bursts are
 * not.
 */
final class LossModel {
  private final double rate;
  private final double toBad;
  private final double stayBad;

  LossModel(double rate, double meanBurst) {
    // Losses that know nothing of each other come in bursts of this length already.
    double burst = Math.max(meanBurst, 1 / (1 - rate));
    this.rate = rate;
    this.stayBad = 1 - 1 / burst;
    this.toBad = Math.min(1, rate / (burst * (1 - rate)));
  }

  boolean loses() {
    return rate > 0;
  }

  /** How many of some packets in a row are lost. */
  int lostOf(int packets, SplitMix random) {
    boolean bad = random.next() < rate;
    int lost = bad ? 1 : 0;
    for (int i = 1; i < packets; i++) {
      bad = random.next() < (bad ? stayBad : toBad);
      if (bad) {
        lost++;
      }
    }
    return lost;
  }
}
