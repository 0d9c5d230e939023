package dev.livestream.benchmarks.jmh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The two primitives under every proof, called with nothing around them. */
final class BareCrypto {
  // As long as what is signed for a batch: domain, channel, numbers and root.
  private static final int MESSAGE_BYTES = 112;

  private final MessageDigest sha256;
  private final byte[] digest = new byte[32];
  private final byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
  private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
  private final Ed25519.PublicPoint point;
  private final byte[] message = new byte[MESSAGE_BYTES];
  private final byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];

  BareCrypto() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    Random random = new Random(1);
    random.nextBytes(seed);
    random.nextBytes(message);
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    point = Ed25519.validatePublicKeyPartialExport(publicKey, 0);
    sign();
  }

  /** Hashes a payload. */
  byte[] hash(byte[] payload) {
    sha256.update(payload, 0, payload.length);
    try {
      sha256.digest(digest, 0, digest.length);
    } catch (java.security.DigestException e) {
      throw new IllegalStateException("a SHA-256 hash has 32 bytes", e);
    }
    return digest;
  }

  /** Signs; the public key is at hand. */
  byte[] sign() {
    Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  /** Checks a good signature; the key is decompressed already. */
  boolean verify() {
    return Ed25519.verify(signature, 0, point, message, 0, message.length);
  }
}
