package dev.livestream.crypto;

/**
 * What a {@link ChunkVerifier} says about a chunk. Only {@link #VERIFIED} chunks may be played or
 * passed on, and only {@link #BAD_SIGNATURE} convicts the peer that sent the chunk.
 */
public enum Verdict {
  /** The broadcaster made this chunk. */
  VERIFIED,
  /**
   * No certificate is known for the chunk's epoch and key id. The certificate may still be on its
   * way: ask for it.
   */
  UNKNOWN_KEY,
  /**
   * The key may not sign this chunk: it has expired or is not valid yet, the sequence number is
   * below its minimum, another key has superseded it there, or the epoch is over. A correct peer
   * whose clock or knowledge differs can send such a chunk.
   */
  OUTSIDE_CERTIFICATE,
  /** The chunk or its proof was forged or damaged. No correct peer sends such a chunk. */
  BAD_SIGNATURE
}
