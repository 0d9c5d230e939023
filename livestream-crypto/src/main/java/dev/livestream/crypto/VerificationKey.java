package dev.livestream.crypto;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key, decompressed once.
 *
 * <p>Only canonical encodings of points in the prime-order subgroup are admitted. Small-order keys
 * would accept signatures that nobody made, and keys with a small-order component would let two
 * correct implementations disagree on a signature. Keeping the decompressed point saves about a
 * sixth of each verification.
 */
final class VerificationKey {
  static final int BYTES = Ed25519.PUBLIC_KEY_SIZE;
  static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

  // A peer is told of the same few keys over and over, by each peer that it meets: one of the
  // channel and one of the session. Whoever makes keys that push these out costs a peer no more
  // than it would cost without.
  private static final AtomicReferenceArray<@Nullable VerificationKey> MET_LATELY =
      new AtomicReferenceArray<>(64);

  private final byte[] encoded;
  private final Ed25519.PublicPoint point;

  private VerificationKey(byte[] encoded, Ed25519.PublicPoint point) {
    this.encoded = encoded;
    this.point = point;
  }

  /** Decodes 32 bytes, or returns null if they are not an admissible key. */
  static @Nullable VerificationKey decode(byte[] source, int offset) {
    byte[] encoded = Arrays.copyOfRange(source, offset, offset + BYTES);
    int place = Math.floorMod(Arrays.hashCode(encoded), MET_LATELY.length());
    VerificationKey met = MET_LATELY.get(place);
    if (met != null && Arrays.equals(met.encoded, encoded)) {
      return met;
    }
    Ed25519.@Nullable PublicPoint point = Ed25519.validatePublicKeyFullExport(encoded, 0);
    if (point == null) {
      return null;
    }
    VerificationKey key = new VerificationKey(encoded, point);
    MET_LATELY.set(place, key);
    return key;
  }

  /** The 32 bytes, not copied: for use inside this package, never to be changed or handed out. */
  byte[] encoded() {
    return encoded;
  }

  /** Whether the 64 bytes at {@code offset} are a signature by this key over {@code input}. */
  boolean verifies(byte[] input, byte[] signature, int offset) {
    return Ed25519.verify(signature, offset, point, input, 0, input.length);
  }
}
