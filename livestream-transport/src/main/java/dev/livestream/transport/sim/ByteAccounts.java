package dev.livestream.transport.sim;

/** What became of every byte that left an uplink, by kind. */
public final class ByteAccounts {
  private static final int KINDS = ByteKind.COUNT;

  private final long[] sent = new long[KINDS];
  private final long[] received = new long[KINDS];
  private final long[] lost = new long[KINDS];

  ByteAccounts() {}

  void sent(ByteKind kind, long bytes) {
    sent[kind.index] += bytes;
  }

  void received(ByteKind kind, long bytes) {
    received[kind.index] += bytes;
  }

  void lost(ByteKind kind, long bytes) {
    lost[kind.index] += bytes;
  }

  /** Adds what is in other accounts. */
  void add(ByteAccounts other) {
    for (int i = 0; i < KINDS; i++) {
      sent[i] += other.sent[i];
      received[i] += other.received[i];
      lost[i] += other.lost[i];
    }
  }

  /** Bytes that left an uplink. */
  public long sent(ByteKind kind) {
    return sent[kind.index];
  }

  /** Bytes that came out of a downlink. */
  public long received(ByteKind kind) {
    return received[kind.index];
  }

  /** Bytes that the network lost. */
  public long lost(ByteKind kind) {
    return lost[kind.index];
  }
}
