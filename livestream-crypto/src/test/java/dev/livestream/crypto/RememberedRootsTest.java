package dev.livestream.crypto;

import static dev.livestream.crypto.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a verifier remembers of the roots it has seen. */
class RememberedRootsTest {
  private static final long EPOCH = 3;
  private static final SessionKey SESSION = Samples.session(0, EPOCH, 0);

  @Test
  void aBrokenSignatureIsRejectedAlsoWhereTheRootIsKnown() {
    // Otherwise this peer would pass the chunk on and be convicted by one that checks it.
    SignedChunk chunk = SignedChunk.batch(SESSION, 10, 0, 4).get(0);
    ChunkVerifier verifier = Samples.verifier(SESSION);
    assertThat(chunk.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
    byte[] signature = chunk.proof().signature();
    signature[63] ^= 1;
    ChunkProof broken = ChunkProof.of(0, 0, 4, chunk.proof().path(), signature);
    assertThat(chunk.withProof(broken).checkedBy(verifier)).isEqualTo(Verdict.BAD_SIGNATURE);
    assertThat(chunk.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void aFailedSignatureIsNotRememberedAndEvictsNoGoodRoot() {
    ChunkVerifier verifier = new ChunkVerifier(Samples.CHANNEL.id(), 2);
    verifier.addCertificate(SESSION.certificate(), NOW);
    SignedChunk good = SignedChunk.batch(SESSION, 11, 0, 2).get(0);
    assertThat(good.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
    for (int i = 0; i < 20; i++) {
      SignedChunk forged = SignedChunk.batch(SESSION, 12 + i, 100, 2).get(0).at(EPOCH, 200 + i);
      long before = verifier.signatureChecks();
      assertThat(forged.checkedBy(verifier)).isEqualTo(Verdict.BAD_SIGNATURE);
      assertThat(forged.checkedBy(verifier)).isEqualTo(Verdict.BAD_SIGNATURE);
      assertThat(verifier.signatureChecks() - before).isEqualTo(2);
    }
    assertThat(verifier.rootsRemembered()).isEqualTo(1);
    long before = verifier.signatureChecks();
    assertThat(good.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
    assertThat(verifier.signatureChecks()).isEqualTo(before);
  }

  @Test
  void rootsAreRememberedUpToTheBoundAndTheOldestIsForgottenFirst() {
    ChunkVerifier verifier = new ChunkVerifier(Samples.CHANNEL.id(), 4);
    verifier.addCertificate(SESSION.certificate(), NOW);
    List<SignedChunk> chunks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      chunks.add(SignedChunk.batch(SESSION, i, i * 2L, 2).get(0));
      assertThat(chunks.get(i).checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
      assertThat(verifier.rootsRemembered()).isEqualTo(Math.min(i + 1, 4));
    }
    long before = verifier.signatureChecks();
    for (SignedChunk recent : chunks.subList(46, 50)) {
      assertThat(recent.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
    }
    assertThat(verifier.signatureChecks()).isEqualTo(before);
    assertThat(chunks.get(45).checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
    assertThat(verifier.signatureChecks()).isEqualTo(before + 1);
  }

  @Test
  void rootsBeforeTheWindowAreForgotten() {
    ChunkVerifier verifier = Samples.verifier(SESSION);
    for (int i = 0; i < 10; i++) {
      assertThat(SignedChunk.batch(SESSION, i, i * 10L, 10).get(3).checkedBy(verifier))
          .isEqualTo(Verdict.VERIFIED);
    }
    verifier.forgetBefore(EPOCH, 39);
    assertThat(verifier.rootsRemembered()).isEqualTo(7);
    verifier.forgetBefore(EPOCH, 40);
    assertThat(verifier.rootsRemembered()).isEqualTo(6);
    verifier.forgetBefore(EPOCH - 1, 1_000_000);
    assertThat(verifier.rootsRemembered()).isEqualTo(6);
    verifier.forgetBefore(EPOCH + 1, 0);
    assertThat(verifier.rootsRemembered()).isZero();
  }

  @Test
  void atLeastOneRootMustBeRemembered() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChunkVerifier(Samples.CHANNEL.id(), 0))
        .withMessageContaining("not 0");
  }
}
