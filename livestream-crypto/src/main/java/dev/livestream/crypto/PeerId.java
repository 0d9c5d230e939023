package dev.livestream.crypto;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a peer: SHA-256 of the SubjectPublicKeyInfo of its TLS certificate.
 *
 * <p>Whoever completes a handshake with that certificate is that peer; nobody needs to vouch for
 * it. Values are ordered by their bytes, unsigned.
 */
public final class PeerId implements Comparable<PeerId> {
  /** The bytes of an id. */
  public static final int BYTES = 32;

  private static final byte[] ED25519_SPKI_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private final byte[] bytes;
  private final int hash;

  private PeerId(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /**
   * Makes an id from its bytes.
   *
   * @param bytes 32 bytes, copied
   * @return the id
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static PeerId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("A peer id has 32 bytes, not " + bytes.length + ".");
    }
    return new PeerId(bytes.clone());
  }

  /**
   * The id of the peer that owns a certificate.
   *
   * @param certificate a certificate whose possession was proved, as in a TLS handshake
   * @return the id
   */
  public static PeerId ofCertificate(X509Certificate certificate) {
    return new PeerId(ChunkHasher.sha256().digest(certificate.getPublicKey().getEncoded()));
  }

  /**
   * The id of the peer that owns an Ed25519 key.
   *
   * @param rawEd25519 the 32 bytes of the public key
   * @return the id, the same as that of a certificate for this key
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static PeerId ofPublicKey(byte[] rawEd25519) {
    return new PeerId(ChunkHasher.sha256().digest(subjectPublicKeyInfo(rawEd25519)));
  }

  /** Wraps a raw Ed25519 public key as X.509 does (RFC 8410). */
  static byte[] subjectPublicKeyInfo(byte[] rawEd25519) {
    if (rawEd25519.length != VerificationKey.BYTES) {
      throw new IllegalArgumentException(
          "An Ed25519 public key has 32 bytes, not " + rawEd25519.length + ".");
    }
    byte[] info = Arrays.copyOf(ED25519_SPKI_PREFIX, ED25519_SPKI_PREFIX.length + BYTES);
    System.arraycopy(rawEd25519, 0, info, ED25519_SPKI_PREFIX.length, BYTES);
    return info;
  }

  /**
   * Reads an id as {@link #toString} prints it.
   *
   * @param text 52 characters of lower-case base32
   * @return the id
   * @throws IllegalArgumentException if the text is not an id, with one sentence saying why
   */
  public static PeerId parse(String text) {
    return of(Base32.decode(text));
  }

  /**
   * The id's bytes.
   *
   * @return a copy, 32 bytes
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The first eight bytes as a number: a seed or a table index, not an identity.
   *
   * @return the bytes, big endian
   */
  public long shortId() {
    return ByteBuffer.wrap(bytes).getLong();
  }

  /**
   * The start of the printed id, for logs and figures.
   *
   * @return 8 characters
   */
  public String shortText() {
    return toString().substring(0, 8);
  }

  @Override
  public int compareTo(PeerId other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PeerId that && hash == that.hash && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /**
   * Prints the id.
   *
   * @return 52 characters of lower-case base32 without padding
   */
  @Override
  public String toString() {
    return Base32.encode(bytes);
  }
}
