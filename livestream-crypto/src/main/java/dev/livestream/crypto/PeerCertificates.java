package dev.livestream.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcEdECContentSignerBuilder;

/**
 * A peer's key in the forms that TLS stacks want.
 *
 * <p>Bouncy Castle builds the certificate, but what is handed out are the JDK's own classes, and no
 * security provider is registered: a library must not change its host's.
 */
final class PeerCertificates {
  private static final X500Name NAME = new X500Name("CN=livestream");
  private static final Duration BACKDATED = Duration.ofDays(1);
  private static final Duration VALIDITY = Duration.ofDays(3653);
  private static final int SERIAL_BITS = 128;

  private PeerCertificates() {}

  static PrivateKey privateKey(SigningKey key) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key.seed().clone()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no Ed25519.", e);
    }
  }

  static X509Certificate selfSigned(SigningKey key, Instant now) {
    Instant from = now.minus(BACKDATED);
    // The added one keeps the serial number positive, as RFC 5280 asks.
    BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            NAME,
            serial,
            Date.from(from),
            Date.from(from.plus(VALIDITY)),
            NAME,
            SubjectPublicKeyInfo.getInstance(PeerId.subjectPublicKeyInfo(key.publicKey())));
    try {
      ContentSigner signer =
          new BcEdECContentSignerBuilder(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519))
              .build(new Ed25519PrivateKeyParameters(key.seed(), 0));
      byte[] der = builder.build(signer).getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (OperatorCreationException | IOException | GeneralSecurityException e) {
      throw new IllegalStateException("A self-signed certificate cannot be made.", e);
    }
  }
}
