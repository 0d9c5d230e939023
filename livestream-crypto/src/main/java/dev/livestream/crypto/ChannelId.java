package dev.livestream.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a channel: its Ed25519 public key.
 *
 * <p>Whoever has the id can check everything the channel signs and needs to trust nobody else.
 * Values are ordered by their bytes, unsigned.
 */
public final class ChannelId implements Comparable<ChannelId> {
  /** The bytes of an id. */
  public static final int BYTES = VerificationKey.BYTES;

  private static final int TEXT_LENGTH = 52;

  private final VerificationKey key;

  private ChannelId(VerificationKey key) {
    this.key = key;
  }

  /**
   * Makes an id from a public key.
   *
   * <p>This decompresses the point and checks its order, which costs about as much as checking a
   * signature (0.1 ms). On a hot path compare bytes with a known id first.
   *
   * @param bytes 32 bytes, copied
   * @return the id
   * @throws IllegalArgumentException if the bytes are not the canonical encoding of a point of the
   *     prime-order group of Ed25519
   */
  public static ChannelId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("A channel id has 32 bytes, not " + bytes.length + ".");
    }
    @Nullable VerificationKey key = VerificationKey.decode(bytes, 0);
    if (key == null) {
      throw new IllegalArgumentException("The 32 bytes are not a valid Ed25519 public key.");
    }
    return new ChannelId(key);
  }

  /**
   * Reads an id as {@link #toString} prints it.
   *
   * @param text 52 characters of lower-case base32
   * @return the id
   * @throws IllegalArgumentException if the text is not an id, with one sentence saying why
   */
  public static ChannelId parse(String text) {
    if (text.length() != TEXT_LENGTH) {
      throw new IllegalArgumentException(
          "A channel id has 52 characters, not " + text.length() + ".");
    }
    return of(Base32.decode(text));
  }

  /**
   * The public key.
   *
   * @return a copy, 32 bytes
   */
  public byte[] bytes() {
    return key.encoded().clone();
  }

  /**
   * Whether the 32 bytes are this id's, without decoding them.
   *
   * @param bytes any bytes
   * @return true if they are equal to {@link #bytes}
   */
  public boolean matches(byte[] bytes) {
    return Arrays.equals(key.encoded(), bytes);
  }

  VerificationKey key() {
    return key;
  }

  @Override
  public int compareTo(ChannelId other) {
    return Arrays.compareUnsigned(key.encoded(), other.key.encoded());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChannelId id && Arrays.equals(key.encoded(), id.key.encoded());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key.encoded());
  }

  /**
   * Prints the id.
   *
   * @return 52 characters of lower-case base32 without padding
   */
  @Override
  public String toString() {
    return Base32.encode(key.encoded());
  }
}
