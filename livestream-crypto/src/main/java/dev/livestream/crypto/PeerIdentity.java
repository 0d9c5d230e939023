package dev.livestream.crypto;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * A peer's own Ed25519 key: it authenticates the peer's connections and signs its records.
 *
 * <p>Thread-safe. The certificate and the JDK form of the key are made when they are first asked
 * for, because a simulated peer never asks.
 */
public final class PeerIdentity {
  private final SigningKey key;
  private final PeerId id;
  private final Clock clock;
  private @Nullable X509Certificate certificate;

  private PeerIdentity(SigningKey key, Clock clock) {
    this.key = key;
    this.id = PeerId.ofPublicKey(key.publicKey());
    this.clock = clock;
  }

  /**
   * Makes a new identity from the system's secure random source.
   *
   * @return the identity
   */
  public static PeerIdentity generate() {
    return new PeerIdentity(SigningKey.generate(), Clock.systemUTC());
  }

  /**
   * Makes the identity that belongs to a seed: for reproducible tests and simulations.
   *
   * @param seed the 32 bytes of an Ed25519 private key, copied
   * @return the identity
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static PeerIdentity fromSeed(byte[] seed) {
    return new PeerIdentity(SigningKey.fromSeed(seed), Clock.systemUTC());
  }

  /**
   * The peer's id.
   *
   * @return the hash of the public key
   */
  public PeerId id() {
    return id;
  }

  /**
   * The raw public key.
   *
   * @return a copy, 32 bytes
   */
  public byte[] publicKey() {
    return key.publicKey().clone();
  }

  /**
   * The private key for a TLS stack, in the form of the JDK's own provider.
   *
   * @return an EdDSA key
   */
  public PrivateKey privateKey() {
    return PeerCertificates.privateKey(key);
  }

  /**
   * A self-signed certificate for the public key, valid from a day before it was made for ten
   * years. It says {@code CN=livestream} and nothing about the peer.
   *
   * @return the same certificate at every call
   */
  public synchronized X509Certificate certificate() {
    if (certificate == null) {
      certificate = PeerCertificates.selfSigned(key, clock.instant());
    }
    return certificate;
  }

  /**
   * Signs a message as this peer.
   *
   * @param domain what the message is
   * @param message any bytes
   * @return 64 bytes
   */
  public byte[] sign(SignatureDomain domain, byte[] message) {
    return key.sign(domain, message);
  }

  /**
   * Verifies what a peer signed. Never throws, whatever the bytes.
   *
   * @param publicKey the peer's raw public key
   * @param domain what the message is
   * @param message the message
   * @param signature what should be its signature
   * @return true if it is
   */
  public static boolean verify(
      byte[] publicKey, SignatureDomain domain, byte[] message, byte[] signature) {
    if (publicKey.length != VerificationKey.BYTES
        || signature.length != VerificationKey.SIGNATURE_BYTES) {
      return false;
    }
    // Keys of peers are mostly used once, so the point is neither kept nor checked for a mixed
    // order; non-canonical and small-order keys are refused here too.
    byte[] input = domain.signingInput(message);
    return Ed25519.verify(signature, 0, publicKey, 0, input, 0, input.length);
  }

  /**
   * Names the peer, never the key.
   *
   * @return text for logs
   */
  @Override
  public String toString() {
    return "PeerIdentity[" + id + "]";
  }
}
