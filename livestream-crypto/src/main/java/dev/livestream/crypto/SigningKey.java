package dev.livestream.crypto;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 private key with its public key beside it.
 *
 * <p>Keeping the public key halves the cost of signing: otherwise each signature derives it again.
 * Signing is deterministic (RFC 8032) and thread-safe.
 */
final class SigningKey {
  static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;

  private final byte[] seed;
  private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

  private SigningKey(byte[] seed) {
    this.seed = seed;
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
  }

  static SigningKey generate() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return new SigningKey(seed);
  }

  static SigningKey fromSeed(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("A seed has 32 bytes, not " + seed.length + ".");
    }
    return new SigningKey(seed.clone());
  }

  /** The private seed, not copied. */
  byte[] seed() {
    return seed;
  }

  /** The public key, not copied. */
  byte[] publicKey() {
    return publicKey;
  }

  byte[] sign(SignatureDomain domain, byte[] message) {
    byte[] input = domain.signingInput(message);
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, publicKey, 0, input, 0, input.length, signature, 0);
    return signature;
  }
}
