package dev.livestream.spi;

/**
 * What a transport knows of a connection's path.
 *
 * @param rttMicros smoothed round-trip time in microseconds; 0 if not yet known
 * @param queuedBytes bytes accepted by the transport and not yet handed to the network
 */
public record ConnectionStats(long rttMicros, long queuedBytes) {}
