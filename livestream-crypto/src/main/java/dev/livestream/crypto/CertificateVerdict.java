package dev.livestream.crypto;

/**
 * What a {@link ChunkVerifier} says about a certificate. Only {@link #WRONG_CHANNEL} and {@link
 * #BAD_SIGNATURE} convict the peer that sent it.
 */
public enum CertificateVerdict {
  /** Genuine, new and kept. */
  ACCEPTED,
  /** The very same certificate is kept already. Nothing was done. */
  KNOWN,
  /** It speaks for another channel. */
  WRONG_CHANNEL,
  /** Its validity has not begun. */
  NOT_YET_VALID,
  /** Its validity is over. */
  EXPIRED,
  /** Newer certificates fill the places that there are. Its signature may not have been checked. */
  SUPERSEDED,
  /**
   * Genuine, but it contradicts one that is kept: the same epoch and key id with other content, or
   * a higher key id with a lower minimum sequence number. The one that came first stands.
   */
  CONFLICT,
  /** The channel key has not signed it. */
  BAD_SIGNATURE;

  /**
   * Whether the certificate is in use after this verdict.
   *
   * @return true for {@link #ACCEPTED} and {@link #KNOWN}
   */
  public boolean isUsable() {
    return this == ACCEPTED || this == KNOWN;
  }
}
