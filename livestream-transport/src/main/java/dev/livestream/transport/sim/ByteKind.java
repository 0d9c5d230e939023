package dev.livestream.transport.sim;

/** What bytes on the wire are spent on. */
public enum ByteKind {
  /** Media. */
  PAYLOAD(0),
  /** Chunk frames without payload and proof. */
  CHUNK_HEADER(1),
  /** Proofs that chunks are genuine. */
  PROOF(2),
  /** Control frames, handshakes, keep-alives and closing words. */
  CONTROL(3),
  /** Any of the above, sent again because it was lost. */
  RETRANSMISSION(4),
  /** Packet headers, and acknowledgements whole. */
  PACKET_HEADER(5);

  /** How many kinds there are. */
  static final int COUNT = 6;

  /** The place in arrays by kind. */
  final int index;

  ByteKind(int index) {
    this.index = index;
  }
}
