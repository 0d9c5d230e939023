package dev.livestream.spi;

/**
 * What a transport knows of a connection's path.
 *
 * @param rttMicros smoothed round-trip time in microseconds; 0 if not yet known
 * @param queuedBytes bytes accepted by the transport and not yet handed to the network
 * @param heardMicros when anything last came from the other side, be it an acknowledgement, on the
 *     clock of {@link Loop#nowMicros} and as exactly as the transport can tell; 0 if it cannot
 */
public record ConnectionStats(long rttMicros, long queuedBytes, long heardMicros) {}
