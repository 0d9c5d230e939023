package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.scenario.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Draws viewers: which uplink, whether a leaf, how long they stay.
 *
 * <p>Uplinks come from a shuffled deck that holds each class in its share, so that any ten viewers
 * in a row of the usual population have the supply that the scenario says, and small swarms do not
 * differ by luck.
 */
public final class Population {
  private static final int DECK = 100;

  private final Scenario scenario;
  private final Random random;
  private final List<Integer> deck = new ArrayList<>();
  private double leavesOwed;

  /** An undealt deck. */
  public Population(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.random = new Random(seed);
  }

  /** The uplink class of the next viewer. */
  public int nextUplink() {
    if (deck.isEmpty()) {
      refill();
    }
    return deck.remove(deck.size() - 1);
  }

  // The smallest deck that holds whole numbers of each class.
  private void refill() {
    List<Scenario.Uplink> uplinks = scenario.uplinks();
    int size = 1;
    while (size < DECK && !isWhole(size)) {
      size++;
    }
    double owed = 0;
    for (int i = 0; i < uplinks.size(); i++) {
      owed += uplinks.get(i).share() * size;
      while (deck.size() < Math.round(owed)) {
        deck.add(i);
      }
    }
    if (deck.isEmpty()) {
      deck.add(0);
    }
    Collections.shuffle(deck, random);
  }

  private boolean isWhole(int size) {
    for (Scenario.Uplink uplink : scenario.uplinks()) {
      double count = uplink.share() * size;
      if (Math.abs(count - Math.rint(count)) > 1e-6) {
        return false;
      }
    }
    return true;
  }

  /** Whether the next viewer is a leaf. */
  public boolean nextLeaf() {
    // Spread by error diffusion; the shuffled uplinks keep it independent of the class.
    leavesOwed += scenario.leafShare();
    if (leavesOwed >= 1 - 1e-9) {
      leavesOwed -= 1;
      return true;
    }
    return false;
  }

  /** How long the next viewer stays, in microseconds; {@link Long#MAX_VALUE} for ever. */
  long nextStayMicros() {
    Scenario.Sessions sessions = scenario.sessions();
    double exponential = -Math.log(1 - random.nextDouble());
    double seconds =
        switch (sessions.kind()) {
          case FOREVER -> Double.POSITIVE_INFINITY;
          case EXPONENTIAL -> exponential * sessions.meanSeconds();
          case WEIBULL ->
              Math.pow(exponential, 1 / sessions.shape())
                  * sessions.meanSeconds()
                  / gamma(1 + 1 / sessions.shape());
        };
    return seconds > 1e9 ? Long.MAX_VALUE : (long) (seconds * 1e6);
  }

  /** Whether the next departure happens without a word. */
  boolean nextCrashes() {
    return random.nextDouble() < scenario.sessions().crashShare();
  }

  /** Stirling's series, moved up to where it is exact enough. */
  private static double gamma(double x) {
    double shift = 1;
    double z = x;
    while (z < 12) {
      shift *= z;
      z += 1;
    }
    double series = 1 / (12 * z) - 1 / (360 * z * z * z) + 1 / (1260 * Math.pow(z, 5));
    return Math.sqrt(2 * Math.PI / z) * Math.pow(z / Math.E, z) * Math.exp(series) / shift;
  }
}
