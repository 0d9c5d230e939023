package dev.livestream.engine;

/**
 * The engine's counters, written by its rooms and read by {@link SwarmEngine#stats}. Plain fields:
 * they are touched for every chunk, by one thread.
 */
public final class Counters {
  /** Chunks verified, each counted once. */
  public long chunksReceived;

  /** Chunks handed to the reader. */
  public long chunksDelivered;

  /** Chunks the reader was told it will not get. */
  public long chunksMissed;

  /** Chunks that came because they were asked for. */
  public long chunksPulled;

  /** Chunks that came again. */
  public long duplicates;

  /** Bytes of the frames that came again. */
  public long duplicateBytes;

  /** Chunks and manifests that were not genuine. */
  public long rejected;

  /** Peers thrown out. */
  public long bannedPeers;

  /** Media bytes sent. */
  public long payloadUp;

  /** Media bytes received, repeated ones included. */
  public long payloadDown;

  /** Bytes of proofs received. */
  public long proofBytesDown;

  /** Bytes of chunk frames sent. */
  public long chunkBytesUp;

  /** Bytes of chunk frames received. */
  public long chunkBytesDown;

  /** Control messages received. */
  public long controlMessagesDown;
}
