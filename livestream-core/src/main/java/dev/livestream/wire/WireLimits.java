package dev.livestream.wire;

/** The largest and longest that the wire may carry. Both codecs enforce them on what comes in. */
public final class WireLimits {
  /** The protocol version spoken here. */
  public static final int VERSION = 1;

  /** Longest control frame, in bytes. */
  public static final int CONTROL_FRAME_BYTES = 64 * 1024;

  /** Most messages in one control frame. */
  public static final int MESSAGES_PER_FRAME = 256;

  /** Longest payload of a chunk, in bytes. */
  public static final int CHUNK_PAYLOAD_BYTES = 64 * 1024;

  /** Longest header of a chunk frame, in bytes: fixed fields, and a proof of at most six levels. */
  public static final int CHUNK_HEADER_BYTES = 512;

  /** Longest chunk frame: its length prefix, header and payload. */
  public static final int CHUNK_FRAME_BYTES = 2 + CHUNK_HEADER_BYTES + CHUNK_PAYLOAD_BYTES;

  /** Longest stream header (such as an MP4 initialisation segment), in bytes. */
  public static final int STREAM_HEADER_BYTES = 32 * 1024;

  /** Longest title, in bytes of UTF-8. */
  public static final int TITLE_BYTES = 256;

  /** Longest content type, in bytes of UTF-8. */
  public static final int CONTENT_TYPE_BYTES = 128;

  /** Most peer records in one message. */
  public static final int RECORDS = 16;

  /** Most addresses in a peer record. */
  public static final int ADDRESSES = 4;

  /** Longest host in an address, in bytes. */
  public static final int HOST_BYTES = 253;

  /** Most sequence numbers in a request, refusal or cancellation. */
  public static final int SEQUENCES = 256;

  /** Longest have-map, in bytes: one bit for each chunk of the largest window. */
  public static final int HAVE_BYTES = 512;

  /** Most substreams of a stream. */
  public static final int SUBSTREAMS = 64;

  /** Longest path from the source to a peer, in hops. */
  public static final int PATH_HOPS = 32;

  /**
   * How often a question for a place may be passed on at most; what says more is taken for this.
   */
  public static final int WANTED_HOPS = 16;

  /** Most slots a peer may claim. */
  public static final int SLOTS = 65_535;

  /** Latest moment that can be told, in milliseconds: far ahead, but counted in microseconds. */
  public static final long TIMESTAMP_MILLIS = 1L << 50;

  /** Longest delay that can be told, in milliseconds; what is longer is told as this. */
  public static final int DELAY_MILLIS = 60_000;

  private WireLimits() {}
}
