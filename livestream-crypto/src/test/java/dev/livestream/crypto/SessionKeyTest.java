package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionKeyTest {
  private static final SessionKey SESSION = Samples.session(2, 4, 100);

  private static void assertRefused(List<UnsignedChunk> batch, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SESSION.signBatch(batch))
        .withMessageContaining(reason);
  }

  @Test
  void signsItsOwnKeyIdAndThePlaceOfEachChunk() {
    List<ChunkProof> proofs = SESSION.signBatch(Samples.batch(new Random(1), 4, 100, 5));
    assertThat(proofs).extracting(ChunkProof::leafIndex).containsExactly(0, 1, 2, 3, 4);
    assertThat(proofs).extracting(ChunkProof::leafCount).containsOnly(5);
    assertThat(proofs).extracting(ChunkProof::keyId).containsOnly(2);
  }

  @Test
  void refusesBatchesThatAreEmptyOrTooLarge() {
    assertRefused(List.of(), "1 to 64 chunks, not 0");
    assertRefused(Samples.batch(new Random(1), 4, 100, 65), "1 to 64 chunks, not 65");
  }

  @Test
  void refusesChunksThatTheCertificateDoesNotCover() {
    assertRefused(Samples.batch(new Random(1), 5, 100, 1), "signs epoch 4, not 5");
    assertRefused(Samples.batch(new Random(1), 4, 99, 2), "from sequence 100 on, not 99");
  }

  @Test
  void refusesSequenceNumbersThatDoNotFollowEachOther() {
    Random random = new Random(1);
    UnsignedChunk first = Samples.chunk(random, 4, 100);
    assertRefused(List.of(first, first), "Sequence 100 stands where 101 should follow");
    assertRefused(List.of(first, Samples.chunk(random, 4, 102)), "Sequence 102 stands where 101");
  }

  @Test
  void refusesAPayloadThatWasReadInTheMeantime() {
    UnsignedChunk chunk =
        new UnsignedChunk(
            new ChunkMeta(4, 100, 0, ChunkPriority.ORDINARY, 0, 10), ByteBuffer.allocate(10));
    chunk.payload().get();
    assertRefused(List.of(chunk), "payload of 100 has moved");
  }

  @Test
  void signsTheSameBatchTheSameWay() {
    List<UnsignedChunk> batch = new ArrayList<>(Samples.batch(new Random(1), 4, 100, 9));
    assertThat(SESSION.signBatch(batch)).isEqualTo(SESSION.signBatch(batch));
  }

  private static void assertVerified(List<UnsignedChunk> chunks, List<ChunkProof> proofs) {
    ChunkVerifier verifier = Samples.verifier(SESSION);
    for (int i = 0; i < chunks.size(); i++) {
      UnsignedChunk chunk = chunks.get(i);
      assertThat(verifier.verify(chunk.meta(), chunk.payload(), proofs.get(i), Samples.NOW))
          .isEqualTo(Verdict.VERIFIED);
    }
  }

  @Test
  void fewChunksWrittenTogetherAreSignedOneByOne() {
    List<UnsignedChunk> frame = Samples.batch(new Random(1), 4, 100, 7);
    List<ChunkProof> proofs = SESSION.signTogether(frame);
    assertThat(proofs).hasSize(7);
    assertThat(proofs).extracting(ChunkProof::leafCount).containsOnly(1);
    assertThat(proofs).extracting(ChunkProof::encodedSize).containsOnly(67);
    assertVerified(frame, proofs);
  }

  @Test
  void manyChunksWrittenTogetherAreSignedAsOneBatch() {
    List<UnsignedChunk> frame = Samples.batch(new Random(1), 4, 100, 8);
    List<ChunkProof> proofs = SESSION.signTogether(frame);
    assertThat(proofs).extracting(ChunkProof::leafIndex).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(proofs).extracting(ChunkProof::leafCount).containsOnly(8);
    assertVerified(frame, proofs);
  }

  @Test
  void chunksSignedOneByOneMustFollowEachOtherAllTheSame() {
    Random random = new Random(1);
    List<UnsignedChunk> gap = List.of(Samples.chunk(random, 4, 100), Samples.chunk(random, 4, 102));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SESSION.signTogether(gap))
        .withMessageContaining("Sequence 102 stands where 101");
  }

  @Test
  void differsFromSessionToSession() {
    SessionTerms terms = Samples.terms(0, 0, 0);
    assertThat(Samples.CHANNEL.openSession(terms).certificate().sessionPublicKey())
        .isNotEqualTo(Samples.CHANNEL.openSession(terms).certificate().sessionPublicKey());
  }

  @Test
  void neverPrintsTheKey() {
    String seed = "64".repeat(32);
    assertThat(SESSION.toString()).doesNotContain(seed).contains(Samples.CHANNEL.id().toString());
    assertThat(Samples.CHANNEL.toString()).isEqualTo("ChannelKey[" + Samples.CHANNEL.id() + "]");
  }
}
