package dev.livestream.node;

import dev.livestream.engine.EngineStats;
import dev.livestream.engine.Topology;

/**
 * A stream's figures at one moment.
 *
 * @param engine the engine's counters
 * @param topology whom it serves and who serves it
 * @param traffic what went through its connections
 */
public record StreamSnapshot(EngineStats engine, Topology topology, Traffic traffic) {

  /**
   * Totals of a stream's connections, those closed included.
   *
   * @param bytesUp bytes of control and chunk frames handed to the transport
   * @param bytesDown bytes of control and chunk frames taken from it
   * @param malformed frames refused for their form, or for coming too fast; each ended a connection
   *     and got its peer banned
   */
  public record Traffic(long bytesUp, long bytesDown, long malformed) {}
}
