package dev.livestream.crypto;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The channel key's word that a session key may sign chunks on certain terms.
 *
 * <p>Encoded in {@value #ENCODED_BYTES} bytes, big endian: version (1 byte, 1), channel (32), key
 * id (4), epoch (8), not before and not after in milliseconds since 1970 (8 each), minimum sequence
 * number (8), session public key (32), signature (64). The signature is the channel key's over all
 * that precedes it, in the domain {@link SignatureDomain#CERTIFICATE}.
 *
 * <p>An instance is well-formed; whether it is genuine is what {@link #isValidFor} tells.
 */
public final class SessionCertificate {
  /** The length of an encoded certificate. */
  public static final int ENCODED_BYTES = 165;

  private static final byte VERSION = 1;
  private static final int SIGNED_BYTES = ENCODED_BYTES - VerificationKey.SIGNATURE_BYTES;

  private final ChannelId channel;
  private final SessionTerms terms;
  private final VerificationKey key;
  private final byte[] encoded;

  private SessionCertificate(
      ChannelId channel, SessionTerms terms, VerificationKey key, byte[] encoded) {
    this.channel = channel;
    this.terms = terms;
    this.key = key;
    this.encoded = encoded;
  }

  /** Signs a certificate for the session's public key with the channel's key. */
  static SessionCertificate issue(
      SigningKey channelKey, ChannelId channel, SessionTerms terms, byte[] sessionPublicKey) {
    VerificationKey key =
        Objects.requireNonNull(VerificationKey.decode(sessionPublicKey, 0), "session key");
    ByteBuffer layout = ByteBuffer.allocate(ENCODED_BYTES);
    layout.put(VERSION).put(channel.key().encoded());
    layout.putInt(terms.keyId()).putLong(terms.epoch());
    layout.putLong(terms.notBefore().toEpochMilli()).putLong(terms.notAfter().toEpochMilli());
    layout.putLong(terms.minSequence()).put(sessionPublicKey);
    byte[] signed = Arrays.copyOf(layout.array(), SIGNED_BYTES);
    layout.put(channelKey.sign(SignatureDomain.CERTIFICATE, signed));
    return new SessionCertificate(channel, terms, key, layout.array());
  }

  /**
   * Reads a certificate. It is not verified by this: see {@link #isValidFor}.
   *
   * @param bytes exactly {@value #ENCODED_BYTES} bytes, copied
   * @return the certificate
   * @throws MalformedException if the bytes are not a well-formed certificate
   */
  public static SessionCertificate decode(byte[] bytes) throws MalformedException {
    if (bytes.length != ENCODED_BYTES) {
      throw new MalformedException(
          "A session certificate has " + ENCODED_BYTES + " bytes, not " + bytes.length + ".");
    }
    byte[] encoded = bytes.clone();
    ByteBuffer layout = ByteBuffer.wrap(encoded);
    byte version = layout.get();
    if (version != VERSION) {
      throw new MalformedException("Session certificate version " + version + " is not known.");
    }
    byte[] channelBytes = new byte[ChannelId.BYTES];
    layout.get(channelBytes);
    try {
      // The terms come first: their ranges cost nothing to check, the two points do.
      SessionTerms terms =
          new SessionTerms(
              layout.getInt(),
              layout.getLong(),
              Instant.ofEpochMilli(layout.getLong()),
              Instant.ofEpochMilli(layout.getLong()),
              layout.getLong());
      @Nullable VerificationKey key = VerificationKey.decode(encoded, layout.position());
      if (key == null) {
        throw new MalformedException("The session key is not a valid Ed25519 public key.");
      }
      return new SessionCertificate(ChannelId.of(channelBytes), terms, key, encoded);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Writes the certificate as {@link #decode} reads it.
   *
   * @return a new array of {@value #ENCODED_BYTES} bytes
   */
  public byte[] encode() {
    return encoded.clone();
  }

  /**
   * The channel that speaks.
   *
   * @return the claimed signer
   */
  public ChannelId channel() {
    return channel;
  }

  /**
   * What the session key is good for.
   *
   * @return the terms
   */
  public SessionTerms terms() {
    return terms;
  }

  /**
   * The session's public key.
   *
   * @return a copy, 32 bytes
   */
  public byte[] sessionPublicKey() {
    return key.encoded().clone();
  }

  /**
   * The channel key's signature.
   *
   * @return a copy, 64 bytes
   */
  public byte[] signature() {
    return Arrays.copyOfRange(encoded, SIGNED_BYTES, ENCODED_BYTES);
  }

  /**
   * Whether this certificate is the given channel's and its signature is genuine. The time of
   * validity is not looked at. Costs one signature check.
   *
   * @param expected the channel that should have signed
   * @return true if it has
   */
  public boolean isValidFor(ChannelId expected) {
    return channel.equals(expected)
        && expected
            .key()
            .verifies(
                SignatureDomain.CERTIFICATE.signingInput(Arrays.copyOf(encoded, SIGNED_BYTES)),
                encoded,
                SIGNED_BYTES);
  }

  VerificationKey key() {
    return key;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionCertificate that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "SessionCertificate[channel=" + channel + ", terms=" + terms + "]";
  }
}
