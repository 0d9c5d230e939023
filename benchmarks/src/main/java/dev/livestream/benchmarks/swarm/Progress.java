package dev.livestream.benchmarks.swarm;

/** Hears how far a run is. */
@FunctionalInterface
public interface Progress {
  /** Says nothing. */
  Progress NONE = (seconds, ofSeconds, online, events) -> {};

  /** Another simulated second is over. */
  void second(double seconds, double ofSeconds, int online, long events);

  /** One line on standard error every few simulated seconds. */
  static Progress onConsole() {
    long began = System.nanoTime();
    return (seconds, ofSeconds, online, events) -> {
      if (Math.round(seconds) % 5 == 0) {
        System.err.printf(
            "%4.0f of %.0f s, %d online, %.1f million events, %.0f s gone%n",
            seconds, ofSeconds, online, events / 1e6, (System.nanoTime() - began) / 1e9);
      }
    };
  }
}
