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
 * @param tempo how fast the stream goes
 */
public record EngineContext(
    EngineConfig config,
    Outbox outbox,
    RandomGenerator random,
    Authenticator authenticator,
    Counters counters,
    Lateness lateness,
    Tempo tempo) {

  /**
   * When something that is told at regular intervals is told next. Whatever has the same interval
   * is told at the same moments, and shares packets; each peer has moments of its own.
   */
  public long nextRound(long intervalMicros, long nowMicros) {
    long since = Math.floorMod(nowMicros - config.self().shortId(), intervalMicros);
    return nowMicros + intervalMicros - since;
  }

  /**
   * How much longer than usual to wait before a peer that says nothing is suspected, in
   * microseconds: this host may be late itself, or chunks may come more rarely than usual.
   */
  public long allowance(long nowMicros) {
    return lateness.allowance(nowMicros) + tempo.allowance();
  }

  /** The protocol's constants. */
  public Tuning tuning() {
    return config.tuning();
  }
}
