package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PeerIdentityTest {
  private static final PeerIdentity PEER = PeerIdentity.fromSeed(Samples.seed(7));
  private static final byte[] MESSAGE = {1, 2, 3};

  @Test
  void itsIdIsTheSameFromTheKeyAndFromTheCertificate() {
    assertThat(PEER.id())
        .isEqualTo(PeerId.ofPublicKey(PEER.publicKey()))
        .isEqualTo(PeerId.ofCertificate(PEER.certificate()))
        .hasSameHashCodeAs(PeerId.ofCertificate(PEER.certificate()));
    assertThat(PeerIdentity.generate().id()).isNotEqualTo(PEER.id());
  }

  @Test
  void itsCertificateIsSelfSignedAndSaysNothingAboutThePeer() throws GeneralSecurityException {
    X509Certificate certificate = PEER.certificate();
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=livestream");
    assertThat(certificate.getIssuerX500Principal().getName()).isEqualTo("CN=livestream");
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSerialNumber()).isPositive();
    assertThat(certificate.getSerialNumber())
        .isNotEqualTo(PeerIdentity.generate().certificate().getSerialNumber());
    assertThat(PEER.certificate()).isSameAs(certificate);
  }

  @Test
  void itsCertificateHoldsFromADayBeforeForTenYears() {
    Instant made = Instant.parse("2026-03-01T12:00:00Z");
    X509Certificate certificate =
        PeerCertificates.selfSigned(SigningKey.fromSeed(Samples.seed(7)), made);
    assertThat(certificate.getNotBefore()).isEqualTo(Date.from(made.minus(Duration.ofDays(1))));
    assertThat(Duration.between(made, certificate.getNotAfter().toInstant()).toDays())
        .isBetween(3650L, 3655L);
  }

  @Test
  void itsPrivateKeyIsTheJdksAndBelongsToTheCertificate() throws GeneralSecurityException {
    assertThat(PEER.privateKey().getClass().getName()).startsWith("sun.security");
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(PEER.privateKey());
    signer.update(MESSAGE);
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(PEER.certificate());
    verifier.update(MESSAGE);
    assertThat(verifier.verify(signer.sign())).isTrue();
  }

  @Test
  void itRegistersNoSecurityProvider() {
    PEER.certificate();
    assertThat(Security.getProvider("BC")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void whatItSignsVerifiesInItsOwnDomainOnly(SignatureDomain domain) {
    byte[] signature = PEER.sign(domain, MESSAGE);
    for (SignatureDomain other : SignatureDomain.values()) {
      assertThat(PeerIdentity.verify(PEER.publicKey(), other, MESSAGE, signature))
          .isEqualTo(other == domain);
    }
  }

  @Test
  void everyFlippedBitOfMessageAndSignatureIsRefused() {
    byte[] signature = PEER.sign(SignatureDomain.PEER_RECORD, MESSAGE);
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(verifies(PEER.publicKey(), MESSAGE, flipped)).isFalse();
    }
    for (int bit = 0; bit < 8 * MESSAGE.length; bit++) {
      byte[] flipped = MESSAGE.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(verifies(PEER.publicKey(), flipped, signature)).isFalse();
    }
  }

  @Test
  void wrongLengthsAreRefusedAndNothingIsThrown() {
    byte[] signature = PEER.sign(SignatureDomain.PEER_RECORD, MESSAGE);
    for (int length : new int[] {0, 1, 31, 33, 63, 65, 1000}) {
      assertThat(verifies(new byte[length], MESSAGE, signature)).isFalse();
      assertThat(verifies(PEER.publicKey(), MESSAGE, new byte[length])).isFalse();
    }
    assertThat(verifies(PEER.publicKey(), new byte[0], signature)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.livestream.crypto.TestVectors#smallOrderPublicKeys")
  void keysForWhichAnybodyCanSignAreRefused(String hex) {
    byte[] key = HexFormat.of().parseHex(hex);
    // With R = A and S = 0 a careless verifier accepts some messages, with the neutral key all.
    for (int i = 0; i < 32; i++) {
      byte[] signature = new byte[64];
      System.arraycopy(key, 0, signature, 0, 32);
      assertThat(verifies(key, new byte[] {(byte) i}, signature)).isFalse();
    }
  }

  @Test
  void anIdPrintsAndParses() {
    PeerId id = PEER.id();
    assertThat(id.toString()).hasSize(52).startsWith(id.shortText());
    assertThat(PeerId.parse(id.toString())).isEqualTo(id);
    assertThat(PeerId.of(id.bytes())).isEqualTo(id).isEqualByComparingTo(id);
    assertThat(id.shortId()).isEqualTo(ByteBuffer.wrap(id.bytes()).getLong());
    assertThatIllegalArgumentException().isThrownBy(() -> PeerId.of(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> PeerId.parse("aa"));
    assertThatIllegalArgumentException().isThrownBy(() -> PeerId.ofPublicKey(new byte[33]));
  }

  @Test
  void idsAreOrderedByTheirBytesUnsigned() {
    byte[] low = new byte[32];
    byte[] high = new byte[32];
    low[0] = 0x7f;
    high[0] = (byte) 0x80;
    assertThat(PeerId.of(low)).isLessThan(PeerId.of(high));
  }

  private static boolean verifies(byte[] key, byte[] message, byte[] signature) {
    return PeerIdentity.verify(key, SignatureDomain.PEER_RECORD, message, signature);
  }
}
