package dev.livestream.transport.quic;

import java.time.Duration;

/** The numbers of the QUIC mapping that are not the user's to choose. */
final class QuicSettings {
  /** The protocol's name in the TLS handshake; a new incompatible mapping gets a new number. */
  static final String ALPN = "livestream/1";

  /** The only QUIC version spoken. */
  static final int VERSION = 1;

  /**
   * Long enough that nobody guesses an id, and short because every datagram carries it. QUIC's
   * longest, 20 bytes, would cost one per cent of the traffic.
   */
  static final int CONNECTION_ID_BYTES = 8;

  /**
   * How often a NAT may change its mapping before that ends a connection: with QUIC's default of
   * two, the second time. Each id costs the side that is called 28 bytes, and more than eight do
   * not fit into the packet that ends the handshake.
   */
  static final int ACTIVE_CONNECTION_IDS = 8;

  /**
   * Largest UDP payload: what an Ethernet of 1,500 bytes carries over IPv6. Packets begin with
   * 1,200 bytes, which every path carries, and grow when larger ones have proved to get through.
   */
  static final int DATAGRAM_BYTES = 1_452;

  /** A client pads its first datagrams to this size (RFC 9000, section 14.1). */
  static final int MIN_INITIAL_BYTES = 1_200;

  /** Twice what 10 Mbit/s need at a round-trip time of 200 ms; QUIC opens windows by halves. */
  static final int CONNECTION_WINDOW_BYTES = 512 * 1024;

  /** From the first datagram to an open connection, at most. */
  static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);

  /** How long a closing connection may take to hand over the control frames said before. */
  static final Duration LINGER = Duration.ofSeconds(1);

  /** Transfers that wait on one connection, at most; the engine's own queue keeps far below. */
  static final int QUEUED_TRANSFERS = 1_024;

  /** Bytes of chunks that wait on one connection, at most. */
  static final long QUEUED_CHUNK_BYTES = 8L * 1024 * 1024;

  /** Control frames that wait on one connection, at most, in longest frames. */
  static final int QUEUED_CONTROL_FRAMES = 16;

  /**
   * Streams that a peer may reset on one connection. This transport abandons a chunk by ending its
   * stream early, because the QUIC library keeps about a kilobyte for each stream that was reset
   * until the connection closes; so resets are tolerated, but counted.
   */
  static final int STREAM_RESETS = 1_024;

  /** Datagrams per segmented send. */
  static final int SEGMENTS = 10;

  /** Asked of the kernel for the socket's queues, in both directions; it may give less. */
  static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

  /** Room for one received datagram. */
  static final int RECEIVE_BYTES = 2_048;

  private QuicSettings() {}
}
