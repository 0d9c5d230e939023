package dev.livestream.crypto;

import java.nio.ByteBuffer;

/**
 * Remembers which signatures were found good, for several verifiers at once: where a program hosts
 * many viewers of one stream, each batch's signature is then checked once and not once per viewer.
 *
 * <p>Only what was found good is ever added, and a fingerprint is the SHA-256 of the key, the
 * signed message and the signature, so nothing that a peer sends can make a bad signature pass.
 * Implementations must be safe for use by several threads, and should be bounded.
 */
public interface ProvenSignatures {
  /** Remembers nothing. */
  ProvenSignatures NONE =
      new ProvenSignatures() {
        @Override
        public boolean contains(ByteBuffer fingerprint) {
          return false;
        }

        @Override
        public void add(ByteBuffer fingerprint) {
          // Every verifier remembers its own roots anyway.
        }
      };

  /**
   * Whether a signature was found good.
   *
   * @param fingerprint 32 bytes; not to be changed
   */
  boolean contains(ByteBuffer fingerprint);

  /**
   * Notes that a signature was found good.
   *
   * @param fingerprint 32 bytes; may be kept, and will not be changed
   */
  void add(ByteBuffer fingerprint);
}
