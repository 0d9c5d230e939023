package dev.livestream.transport.quic;

import dev.livestream.crypto.PeerId;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Whom one connection expects, and whom it met. Belongs to one TLS engine and no other. */
final class PeerCheck {
  private static final int ED25519_KEY_INFO_BYTES = 44;

  private final @Nullable PeerId expected;
  private @Nullable PeerId met;
  private boolean mismatch;

  PeerCheck(@Nullable PeerId expected) {
    this.expected = expected;
  }

  /**
   * Takes the certificate that the other side has shown; the handshake makes sure that it has the
   * key too. Its dates say nothing: a peer is its key, and clocks are often wrong.
   *
   * @throws CertificateException if it is not an Ed25519 certificate alone, or not the expected one
   */
  void met(X509Certificate[] chain) throws CertificateException {
    if (chain.length != 1
        || chain[0].getPublicKey().getEncoded().length != ED25519_KEY_INFO_BYTES) {
      throw new CertificateException("not one Ed25519 certificate");
    }
    PeerId id = PeerId.ofCertificate(chain[0]);
    if (expected != null && !expected.equals(id)) {
      mismatch = true;
      throw new CertificateException("not the expected peer");
    }
    met = id;
  }

  /** Who is there, once the handshake is complete. */
  @Nullable PeerId peer() {
    return met;
  }

  /** Whether someone else than expected answered. */
  boolean mismatch() {
    return mismatch;
  }
}
