package dev.livestream.engine;

import java.util.random.RandomGenerator;

/**
 * What every room of an engine shares.
 *
 * @param config what the engine was made with
 * @param outbox takes what is to be done
 * @param random the engine's only source of chance
 * @param authenticator decides what is genuine
 * @param counters counts
 * @param lateness how late the engine is called
 */
public record EngineContext(
    EngineConfig config,
    Outbox outbox,
    RandomGenerator random,
    Authenticator authenticator,
    Counters counters,
    Lateness lateness) {

  /** The protocol's constants. */
  public Tuning tuning() {
    return config.tuning();
  }
}
