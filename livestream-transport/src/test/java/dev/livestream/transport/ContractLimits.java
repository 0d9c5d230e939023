package dev.livestream.transport;

import dev.livestream.spi.TransportConfig.Limits;
import java.time.Duration;

/** The default limits with one of them changed. */
final class ContractLimits {
  private static final Limits BASE = Limits.DEFAULT;

  private ContractLimits() {}

  static Limits connections(int connections) {
    return new Limits(
        BASE.controlFrameBytes(),
        BASE.chunkFrameBytes(),
        connections,
        BASE.chunksInFlight(),
        BASE.keepAlive(),
        BASE.idleTimeout());
  }

  static Limits frames(int controlFrameBytes, int chunkFrameBytes) {
    return new Limits(
        controlFrameBytes,
        chunkFrameBytes,
        BASE.connections(),
        BASE.chunksInFlight(),
        BASE.keepAlive(),
        BASE.idleTimeout());
  }

  static Limits chunksInFlight(int chunksInFlight) {
    return new Limits(
        BASE.controlFrameBytes(),
        BASE.chunkFrameBytes(),
        BASE.connections(),
        chunksInFlight,
        BASE.keepAlive(),
        BASE.idleTimeout());
  }

  static Limits silence(Duration keepAlive, Duration idleTimeout) {
    return new Limits(
        BASE.controlFrameBytes(),
        BASE.chunkFrameBytes(),
        BASE.connections(),
        BASE.chunksInFlight(),
        keepAlive,
        idleTimeout);
  }
}
