package dev.livestream.crypto;

import static dev.livestream.crypto.Samples.CHANNEL;
import static dev.livestream.crypto.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which certificate is taken, and which key may sign which chunk. */
class CertificateRulesTest {
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static Verdict check(ChunkVerifier verifier, SessionKey session, long sequence) {
    return check(verifier, session, sequence, NOW);
  }

  private static Verdict check(
      ChunkVerifier verifier, SessionKey session, long sequence, Instant now) {
    UnsignedChunk chunk =
        Samples.chunk(new Random(sequence), session.certificate().terms().epoch(), sequence);
    ChunkProof proof = session.signBatch(List.of(chunk)).get(0);
    return verifier.verify(chunk.meta(), chunk.payload(), proof, now);
  }

  @Test
  void aKeyWithoutACertificateIsUnknown() {
    SessionKey session = Samples.session(0, 1, 0);
    assertThat(check(Samples.verifier(), session, 0)).isEqualTo(Verdict.UNKNOWN_KEY);
    assertThat(check(Samples.verifier(session), Samples.session(1, 1, 0), 0))
        .isEqualTo(Verdict.UNKNOWN_KEY);
    assertThat(check(Samples.verifier(session), Samples.session(0, 2, 0), 0))
        .isEqualTo(Verdict.UNKNOWN_KEY);
  }

  @Test
  void anUnknownKeyCostsNoSignatureCheck() {
    ChunkVerifier verifier = Samples.verifier();
    assertThat(check(verifier, Samples.session(0, 1, 0), 0)).isEqualTo(Verdict.UNKNOWN_KEY);
    assertThat(verifier.signatureChecks()).isZero();
  }

  @Test
  void anEpochThatIsOverIsOutsideAndNotWorthAskingFor() {
    ChunkVerifier verifier = Samples.verifier(Samples.session(0, 5, 0));
    assertThat(check(verifier, Samples.session(0, 4, 0), 0)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
  }

  @Test
  void anEarlierEpochWhoseCertificateIsKeptStillVerifies() {
    SessionKey old = Samples.session(0, 4, 0);
    assertThat(check(Samples.verifier(old, Samples.session(0, 5, 0)), old, 9))
        .isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void aKeyMaySignFromItsMinimumSequenceNumberOn() {
    SessionKey generous = Samples.session(0, 1, 0);
    SessionKey strict = CHANNEL.openSession(Samples.terms(0, 1, 50), Samples.seed(100));
    ChunkVerifier verifier = Samples.verifier(strict);
    assertThat(check(verifier, generous, 49)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
    assertThat(check(verifier, generous, 50)).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void aHigherKeyIdTakesOverFromItsMinimumSequenceNumberOn() {
    SessionKey first = Samples.session(0, 1, 0);
    SessionKey second = Samples.session(1, 1, 100);
    SessionKey third = Samples.session(2, 1, 200);
    for (ChunkVerifier verifier :
        List.of(
            Samples.verifier(first, second, third),
            Samples.verifier(third, second, first),
            Samples.verifier(second, first, third))) {
      assertThat(check(verifier, first, 99)).isEqualTo(Verdict.VERIFIED);
      assertThat(check(verifier, first, 100)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
      assertThat(check(verifier, first, 500)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
      assertThat(check(verifier, second, 100)).isEqualTo(Verdict.VERIFIED);
      assertThat(check(verifier, second, 199)).isEqualTo(Verdict.VERIFIED);
      assertThat(check(verifier, second, 200)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
      assertThat(check(verifier, third, 200)).isEqualTo(Verdict.VERIFIED);
    }
  }

  @Test
  void aSupersededKeyIsOutsideAlsoWhereItsCertificateWasNeverSeen() {
    ChunkVerifier verifier = Samples.verifier(Samples.session(3, 1, 100));
    SessionKey old = Samples.session(2, 1, 0);
    assertThat(check(verifier, old, 99)).isEqualTo(Verdict.UNKNOWN_KEY);
    assertThat(check(verifier, old, 100)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
  }

  @Test
  void aSupersededKeyIsOutsideAlsoWhereItsRootIsRemembered() {
    SessionKey first = Samples.session(0, 1, 0);
    ChunkVerifier verifier = Samples.verifier(first);
    assertThat(check(verifier, first, 100)).isEqualTo(Verdict.VERIFIED);
    verifier.addCertificate(Samples.session(1, 1, 100).certificate(), NOW);
    assertThat(check(verifier, first, 100)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
  }

  @Test
  void aCertificateHoldsWithinItsValidityAndFiveMinutesOfClockSkew() {
    SessionKey session = Samples.session(0, 1, 0);
    SessionTerms terms = session.certificate().terms();
    ChunkVerifier verifier = Samples.verifier(session);
    Instant first = terms.notBefore().minus(SKEW);
    Instant last = terms.notAfter().plus(SKEW);
    assertThat(check(verifier, session, 0, first)).isEqualTo(Verdict.VERIFIED);
    assertThat(check(verifier, session, 0, last)).isEqualTo(Verdict.VERIFIED);
    assertThat(check(verifier, session, 0, first.minusMillis(1)))
        .isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
    assertThat(check(verifier, session, 0, last.plusMillis(1)))
        .isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
    assertThat(check(verifier, session, 0, Instant.MIN)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
    assertThat(check(verifier, session, 0, Instant.MAX)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
  }

  @Test
  void aCertificateIsTakenOnlyWithinItsValidity() {
    SessionCertificate certificate = Samples.session(0, 1, 0).certificate();
    SessionTerms terms = certificate.terms();
    Instant first = terms.notBefore().minus(SKEW);
    Instant last = terms.notAfter().plus(SKEW);
    assertThat(Samples.verifier().addCertificate(certificate, first))
        .isEqualTo(CertificateVerdict.ACCEPTED);
    assertThat(Samples.verifier().addCertificate(certificate, last))
        .isEqualTo(CertificateVerdict.ACCEPTED);
    assertThat(Samples.verifier().addCertificate(certificate, first.minusMillis(1)))
        .isEqualTo(CertificateVerdict.NOT_YET_VALID);
    assertThat(Samples.verifier().addCertificate(certificate, last.plusMillis(1)))
        .isEqualTo(CertificateVerdict.EXPIRED);
  }

  @Test
  void aMessageOfAnExpiredKeyIsRejected() {
    SessionKey session = Samples.session(0, 1, 0);
    ChunkVerifier verifier = Samples.verifier(session);
    byte[] message = {1};
    byte[] signature = session.sign(SignatureDomain.MANIFEST, message);
    assertThat(verifier.verifySigned(SignatureDomain.MANIFEST, 1, 0, message, signature)).isTrue();
    check(verifier, session, 0, NOW.plus(Duration.ofDays(1)));
    assertThat(verifier.verifySigned(SignatureDomain.MANIFEST, 1, 0, message, signature)).isFalse();
  }

  @Test
  void aCertificateIsTakenOnceAndKnownAfterwards() {
    SessionCertificate certificate = Samples.session(0, 1, 0).certificate();
    ChunkVerifier verifier = Samples.verifier();
    assertThat(verifier.addCertificate(certificate, NOW)).isEqualTo(CertificateVerdict.ACCEPTED);
    assertThat(verifier.addCertificate(certificate, NOW)).isEqualTo(CertificateVerdict.KNOWN);
    assertThat(verifier.signatureChecks()).isEqualTo(1);
    assertThat(CertificateVerdict.ACCEPTED.isUsable()).isTrue();
    assertThat(CertificateVerdict.KNOWN.isUsable()).isTrue();
    assertThat(CertificateVerdict.CONFLICT.isUsable()).isFalse();
  }

  @Test
  void aCertificateOfAnotherChannelOrWithAForgedSignatureIsRefused() throws MalformedException {
    ChunkVerifier verifier = Samples.verifier();
    SessionKey foreign =
        Samples.OTHER_CHANNEL.openSession(Samples.terms(0, 1, 0), Samples.seed(100));
    assertThat(verifier.addCertificate(foreign.certificate(), NOW))
        .isEqualTo(CertificateVerdict.WRONG_CHANNEL);
    byte[] forged = Samples.session(0, 1, 0).certificate().encode();
    forged[SessionCertificate.ENCODED_BYTES - 1] ^= 1;
    assertThat(verifier.addCertificate(SessionCertificate.decode(forged), NOW))
        .isEqualTo(CertificateVerdict.BAD_SIGNATURE);
    assertThat(check(verifier, Samples.session(0, 1, 0), 0)).isEqualTo(Verdict.UNKNOWN_KEY);
  }

  @Test
  void aForgedCertificateIsForgedAlsoWhereItWouldConflict() throws MalformedException {
    ChunkVerifier verifier = Samples.verifier(Samples.session(0, 1, 0));
    byte[] forged = Samples.session(0, 1, 9).certificate().encode();
    forged[SessionCertificate.ENCODED_BYTES - 1] ^= 1;
    assertThat(verifier.addCertificate(SessionCertificate.decode(forged), NOW))
        .isEqualTo(CertificateVerdict.BAD_SIGNATURE);
  }

  @Test
  void theFirstOfTwoContradictingCertificatesStands() {
    SessionKey first = Samples.session(1, 1, 100);
    ChunkVerifier verifier = Samples.verifier(first);
    assertThat(verifier.addCertificate(Samples.session(1, 1, 101).certificate(), NOW))
        .isEqualTo(CertificateVerdict.CONFLICT);
    assertThat(verifier.addCertificate(Samples.session(2, 1, 99).certificate(), NOW))
        .isEqualTo(CertificateVerdict.CONFLICT);
    assertThat(verifier.addCertificate(Samples.session(0, 1, 101).certificate(), NOW))
        .isEqualTo(CertificateVerdict.CONFLICT);
    assertThat(verifier.addCertificate(Samples.session(2, 1, 100).certificate(), NOW))
        .isEqualTo(CertificateVerdict.ACCEPTED);
    assertThat(verifier.addCertificate(Samples.session(0, 2, 0).certificate(), NOW))
        .isEqualTo(CertificateVerdict.ACCEPTED);
    assertThat(check(verifier, first, 100)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
  }

  @Test
  void onlyTheNewestCertificatesAreKept() {
    ChunkVerifier verifier = Samples.verifier();
    for (int epoch = 1; epoch <= 20; epoch++) {
      assertThat(verifier.addCertificate(Samples.session(0, epoch, 0).certificate(), NOW))
          .isEqualTo(CertificateVerdict.ACCEPTED);
    }
    long checks = verifier.signatureChecks();
    assertThat(verifier.addCertificate(Samples.session(0, 12, 0).certificate(), NOW))
        .isEqualTo(CertificateVerdict.SUPERSEDED);
    assertThat(verifier.signatureChecks()).isEqualTo(checks);
    for (int epoch = 1; epoch <= 20; epoch++) {
      assertThat(check(verifier, Samples.session(0, epoch, 0), 0))
          .as("epoch %d", epoch)
          .isEqualTo(epoch > 12 ? Verdict.VERIFIED : Verdict.OUTSIDE_CERTIFICATE);
    }
  }

  @Test
  void aLongSessionMayRotateItsKeyAsOftenAsItLikes() {
    ChunkVerifier verifier = Samples.verifier();
    for (int keyId = 0; keyId < 40; keyId++) {
      SessionKey session = Samples.session(keyId, 1, keyId * 100L);
      assertThat(verifier.addCertificate(session.certificate(), NOW))
          .isEqualTo(CertificateVerdict.ACCEPTED);
      assertThat(check(verifier, session, keyId * 100L + 5)).isEqualTo(Verdict.VERIFIED);
    }
  }

  @Test
  void certificatesThatNoChunkOfTheWindowNeedsAreForgotten() {
    SessionKey lastEpoch = Samples.session(0, 1, 0);
    SessionKey first = Samples.session(0, 2, 0);
    SessionKey second = Samples.session(1, 2, 100);
    ChunkVerifier verifier = Samples.verifier(lastEpoch, first, second);
    verifier.forgetBefore(2, 99);
    assertThat(check(verifier, lastEpoch, 5)).isEqualTo(Verdict.OUTSIDE_CERTIFICATE);
    assertThat(check(verifier, first, 99)).isEqualTo(Verdict.VERIFIED);
    verifier.forgetBefore(2, 100);
    assertThat(check(verifier, first, 99)).isEqualTo(Verdict.UNKNOWN_KEY);
    assertThat(check(verifier, second, 100)).isEqualTo(Verdict.VERIFIED);
  }
}
