package dev.livestream.spi;

/**
 * Totals of an endpoint since it was opened.
 *
 * @param bytesSent bytes of all datagrams sent, without UDP and IP headers
 * @param bytesReceived bytes of all datagrams received, without UDP and IP headers
 * @param datagramsSent datagrams sent
 * @param datagramsReceived datagrams received
 * @param datagramsDropped datagrams received that belonged to no connection and opened none, or
 *     were malformed
 * @param connections connections open now
 */
public record TransportStats(
    long bytesSent,
    long bytesReceived,
    long datagramsSent,
    long datagramsReceived,
    long datagramsDropped,
    int connections) {}
