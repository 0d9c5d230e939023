package dev.livestream.wire;

/** What a peer is in a stream. */
public enum Role {
  /** Receives, and passes on unless it is a leaf. */
  VIEWER(0),
  /** Makes the stream. A claim only: that chunks are genuine, their proofs show. */
  SOURCE(1);

  private final int code;

  Role(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }
}
