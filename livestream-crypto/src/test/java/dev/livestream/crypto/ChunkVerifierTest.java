package dev.livestream.crypto;

import static dev.livestream.crypto.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkVerifierTest {
  private static final long EPOCH = 3;
  private static final SessionKey SESSION = Samples.session(0, EPOCH, 0);

  /** Bits that flip a value out of its range are refused before they reach a verifier. */
  private static List<ChunkMeta> flippedBits(ChunkMeta meta) {
    List<ChunkMeta> flipped = new ArrayList<>();
    for (int bit = 0; bit < 64; bit++) {
      long mask = 1L << bit;
      for (long[] by :
          new long[][] {{mask, 0, 0, 0}, {0, mask, 0, 0}, {0, 0, mask, 0}, {0, 0, 0, mask}}) {
        try {
          flipped.add(
              new ChunkMeta(
                  meta.epoch() ^ by[0],
                  meta.sequence() ^ by[1],
                  meta.timestampMicros() ^ by[2],
                  meta.priority(),
                  Math.toIntExact(meta.keyFrameDistance() ^ by[3]),
                  meta.length()));
        } catch (IllegalArgumentException | ArithmeticException e) {
          assertThat(bit).isGreaterThanOrEqualTo(17);
        }
      }
    }
    return flipped;
  }

  static IntStream batchSizes() {
    return IntStream.rangeClosed(1, SessionKey.MAX_BATCH);
  }

  @ParameterizedTest
  @MethodSource("batchSizes")
  void everyChunkOfABatchVerifiesInAnyOrderAtThePriceOfOneSignatureCheck(int size) {
    List<SignedChunk> chunks = SignedChunk.batch(SESSION, size, size * 17L, size);
    Collections.shuffle(chunks, new Random(size));
    ChunkVerifier verifier = Samples.verifier(SESSION);
    long before = verifier.signatureChecks();
    for (SignedChunk chunk : chunks) {
      assertThat(chunk.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
    }
    assertThat(verifier.signatureChecks() - before).isEqualTo(1);
    assertThat(verifier.rootsRemembered()).isEqualTo(1);
  }

  private static final class Shared implements ProvenSignatures {
    private final Set<ByteBuffer> fingerprints = new HashSet<>();

    @Override
    public boolean contains(ByteBuffer fingerprint) {
      return fingerprints.contains(fingerprint);
    }

    @Override
    public void add(ByteBuffer fingerprint) {
      fingerprints.add(fingerprint);
    }
  }

  private static ChunkVerifier sharing(Shared proven) {
    ChunkVerifier verifier = new ChunkVerifier(Samples.CHANNEL.id(), 128, proven);
    verifier.addCertificate(SESSION.certificate(), NOW);
    return verifier;
  }

  @Test
  void verifiersThatShareCheckEachSignatureOnce() {
    List<SignedChunk> chunks = SignedChunk.batch(SESSION, 4, 5, 4);
    Shared proven = new Shared();
    ChunkVerifier first = sharing(proven);
    ChunkVerifier second = sharing(proven);
    long before = second.signatureChecks();
    assertThat(chunks.get(0).checkedBy(first)).isEqualTo(Verdict.VERIFIED);
    assertThat(chunks.get(1).checkedBy(second)).isEqualTo(Verdict.VERIFIED);
    assertThat(second.signatureChecks()).isEqualTo(before);
    assertThat(proven.fingerprints).hasSize(1);
  }

  @Test
  void whatIsNotSignedIsNotSharedAndNotBelieved() throws MalformedException {
    SignedChunk genuine = SignedChunk.batch(SESSION, 1, 5, 1).get(0);
    Shared proven = new Shared();
    assertThat(genuine.checkedBy(sharing(proven))).isEqualTo(Verdict.VERIFIED);
    ChunkVerifier verifier = sharing(proven);
    byte[] proof = genuine.proof().encoded().clone();
    for (int offset = proof.length - 64; offset < proof.length; offset++) {
      byte[] flipped = proof.clone();
      flipped[offset] ^= 1;
      assertThat(genuine.withProof(ChunkProof.decode(flipped)).checkedBy(verifier))
          .isEqualTo(Verdict.BAD_SIGNATURE);
    }
    assertThat(proven.fingerprints).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("batchSizes")
  void everyChunkVerifiesAloneWhateverElseWasLost(int size) {
    List<SignedChunk> chunks = SignedChunk.batch(SESSION, size, 5, size);
    SignedChunk survivor = chunks.get(new Random(size).nextInt(size));
    assertThat(survivor.checkedBy(Samples.verifier(SESSION))).isEqualTo(Verdict.VERIFIED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyFlippedBitOfTheHeaderIsRejectedWhetherTheRootIsKnownOrNot(boolean rootKnown) {
    for (SignedChunk chunk : SignedChunk.batch(SESSION, 1, 1000, 3)) {
      ChunkVerifier verifier = Samples.verifier(SESSION);
      if (rootKnown) {
        assertThat(chunk.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
      }
      List<ChunkMeta> flipped = flippedBits(chunk.meta());
      assertThat(flipped).hasSizeGreaterThan(180);
      for (ChunkMeta meta : flipped) {
        assertThat(chunk.withMeta(meta).checkedBy(verifier))
            .as("%s", meta)
            .isNotEqualTo(Verdict.VERIFIED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherPriorityIsRejected(ChunkPriority priority) {
    SignedChunk chunk = SignedChunk.batch(SESSION, 1, 0, 1).get(0);
    ChunkMeta meta = chunk.meta();
    ChunkMeta changed =
        new ChunkMeta(
            meta.epoch(),
            meta.sequence(),
            meta.timestampMicros(),
            priority,
            meta.keyFrameDistance(),
            meta.length());
    assertThat(chunk.withMeta(changed).checkedBy(Samples.verifier(SESSION)))
        .isEqualTo(priority == meta.priority() ? Verdict.VERIFIED : Verdict.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyFlippedBitOfThePayloadIsRejected(boolean rootKnown) {
    SignedChunk chunk = SignedChunk.batch(SESSION, 2, 1000, 4).get(3);
    assertThat(chunk.bytes()).isNotEmpty();
    ChunkVerifier verifier = Samples.verifier(SESSION);
    if (rootKnown) {
      assertThat(chunk.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
    }
    for (int bit = 0; bit < 8 * chunk.meta().length(); bit++) {
      byte[] payload = chunk.bytes();
      payload[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(chunk.withPayload(payload).checkedBy(verifier))
          .as("bit %d", bit)
          .isEqualTo(Verdict.BAD_SIGNATURE);
    }
  }

  @Test
  void aPayloadOfAnotherLengthIsRejectedWithoutHashingIt() {
    SignedChunk chunk = SignedChunk.batch(SESSION, 2, 1000, 1).get(0);
    ChunkVerifier verifier = Samples.verifier(SESSION);
    long before = verifier.signatureChecks();
    for (int change : new int[] {-1, 1, 1000}) {
      byte[] payload = Arrays.copyOf(chunk.bytes(), chunk.meta().length() + change);
      assertThat(chunk.withPayload(payload).checkedBy(verifier)).isEqualTo(Verdict.BAD_SIGNATURE);
    }
    assertThat(verifier.signatureChecks()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyFlippedBitOfTheProofIsRejectedWhetherTheRootIsKnownOrNot(boolean rootKnown) {
    // Index, count, path, signature and key id: all of the encoding. Every known key signs for the
    // same session, so that a changed key id meets a certificate too.
    ChunkVerifier verifier = Samples.verifier(SESSION);
    for (int keyId : new int[] {1, 2, 4, 8, 16, 32, 64}) {
      verifier.addCertificate(
          Samples.CHANNEL
              .openSession(Samples.terms(keyId, EPOCH, 1_000_000), Samples.seed(100))
              .certificate(),
          NOW);
    }
    for (SignedChunk chunk : SignedChunk.batch(SESSION, 3, 1000, 7)) {
      if (rootKnown) {
        assertThat(chunk.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
      }
      byte[] encoded = chunk.proof().encode();
      for (int bit = 0; bit < 8 * encoded.length; bit++) {
        byte[] flipped = encoded.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        try {
          ChunkProof proof = ChunkProof.decode(flipped);
          assertThat(chunk.withProof(proof).checkedBy(verifier))
              .as("bit %d", bit)
              .isNotEqualTo(Verdict.VERIFIED);
        } catch (MalformedException e) {
          assertThat(bit / 8).as("path and signature have no malformed bits").isLessThan(3);
        }
      }
    }
  }

  @Test
  void everyOtherPlaceInEveryOtherBatchIsRejected() {
    List<SignedChunk> chunks = SignedChunk.batch(SESSION, 4, 100, 6);
    SignedChunk chunk = chunks.get(2);
    ChunkVerifier verifier = Samples.verifier(SESSION);
    assertThat(chunk.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
    byte[] path = chunk.proof().path();
    for (int count = 1; count <= SessionKey.MAX_BATCH; count++) {
      for (int index = 0; index < count; index++) {
        int needed = 32 * MerkleTree.pathLength(index, count);
        ChunkProof moved =
            ChunkProof.of(0, index, count, Arrays.copyOf(path, needed), chunk.proof().signature());
        boolean itsOwn = index == 2 && count == 6;
        assertThat(chunk.withProof(moved).checkedBy(verifier))
            .as("%d of %d", index, count)
            .isEqualTo(itsOwn ? Verdict.VERIFIED : Verdict.BAD_SIGNATURE);
      }
    }
  }

  @Test
  void chunksOfABatchCannotTradePlaces() {
    List<SignedChunk> chunks = SignedChunk.batch(SESSION, 5, 100, 8);
    ChunkVerifier verifier = Samples.verifier(SESSION);
    for (SignedChunk a : chunks) {
      assertThat(a.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
      for (SignedChunk b : chunks) {
        if (a.meta().sequence() != b.meta().sequence()) {
          assertThat(a.withProof(b.proof()).checkedBy(verifier)).isEqualTo(Verdict.BAD_SIGNATURE);
          assertThat(a.at(EPOCH, b.meta().sequence()).checkedBy(verifier))
              .isEqualTo(Verdict.BAD_SIGNATURE);
          assertThat(a.at(EPOCH, b.meta().sequence()).withProof(b.proof()).checkedBy(verifier))
              .isEqualTo(Verdict.BAD_SIGNATURE);
        }
      }
    }
  }

  @Test
  void aNodeOfTheTreeCannotBePassedOffAsALeaf() {
    // The batch of four, seen as a batch of two whose leaves are the two inner nodes: the path's
    // last hash leads from the first of them to the very root that was signed.
    List<SignedChunk> chunks = SignedChunk.batch(SESSION, 6, 100, 4);
    byte[] path = chunks.get(0).proof().path();
    ChunkProof shortened =
        ChunkProof.of(0, 0, 2, Arrays.copyOfRange(path, 32, 64), chunks.get(0).proof().signature());
    byte[] children = new byte[64];
    byte[] leaf = new byte[32];
    new ChunkHasher(Samples.CHANNEL.id())
        .leaf(chunks.get(0).meta(), chunks.get(0).payload(), leaf, 0);
    System.arraycopy(leaf, 0, children, 0, 32);
    System.arraycopy(path, 0, children, 32, 32);
    ChunkMeta meta = new ChunkMeta(EPOCH, 100, 0, ChunkPriority.ORDINARY, 0, 64);
    ChunkVerifier verifier = Samples.verifier(SESSION);
    assertThat(chunks.get(0).checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
    assertThat(new SignedChunk(meta, ByteBuffer.wrap(children), shortened).checkedBy(verifier))
        .isEqualTo(Verdict.BAD_SIGNATURE);
  }

  @Test
  void aChunkIsOfNoUseInAnotherChannelEvenUnderTheSameSessionKey() {
    SessionKey elsewhere =
        Samples.OTHER_CHANNEL.openSession(Samples.terms(0, EPOCH, 0), Samples.seed(100));
    assertThat(elsewhere.certificate().sessionPublicKey())
        .isEqualTo(SESSION.certificate().sessionPublicKey());
    ChunkVerifier verifier = new ChunkVerifier(Samples.OTHER_CHANNEL.id(), 8);
    assertThat(verifier.addCertificate(elsewhere.certificate(), NOW))
        .isEqualTo(CertificateVerdict.ACCEPTED);
    assertThat(SignedChunk.batch(elsewhere, 7, 0, 3).get(1).checkedBy(verifier))
        .isEqualTo(Verdict.VERIFIED);
    assertThat(SignedChunk.batch(SESSION, 7, 0, 3).get(1).checkedBy(verifier))
        .isEqualTo(Verdict.BAD_SIGNATURE);
  }

  @Test
  void aChunkIsOfNoUseInAnotherEpochOrUnderAnotherKeyIdEvenOfTheSameSessionKey() {
    SessionKey nextEpoch =
        Samples.CHANNEL.openSession(Samples.terms(0, EPOCH + 1, 0), Samples.seed(100));
    SessionKey nextKey = Samples.CHANNEL.openSession(Samples.terms(1, EPOCH, 0), Samples.seed(100));
    SignedChunk chunk = SignedChunk.batch(SESSION, 8, 40, 3).get(1);
    assertThat(chunk.at(EPOCH + 1, 41).checkedBy(Samples.verifier(nextEpoch)))
        .isEqualTo(Verdict.BAD_SIGNATURE);
    ChunkProof relabelled = ChunkProof.of(1, 1, 3, chunk.proof().path(), chunk.proof().signature());
    assertThat(chunk.withProof(relabelled).checkedBy(Samples.verifier(nextKey)))
        .isEqualTo(Verdict.BAD_SIGNATURE);
  }

  @Test
  void aChunkIsOfNoUseAtAnotherSequenceNumber() {
    SignedChunk chunk = SignedChunk.batch(SESSION, 9, 40, 5).get(3);
    ChunkVerifier verifier = Samples.verifier(SESSION);
    assertThat(chunk.checkedBy(verifier)).isEqualTo(Verdict.VERIFIED);
    for (long sequence = 0; sequence < 100; sequence++) {
      if (sequence != 43) {
        assertThat(chunk.at(EPOCH, sequence).checkedBy(verifier)).isEqualTo(Verdict.BAD_SIGNATURE);
      }
    }
  }

  @Test
  void aProofWhoseBatchWouldStartBeforeSequenceZeroIsRejected() {
    SignedChunk chunk = SignedChunk.batch(SESSION, 13, 10, 5).get(4);
    assertThat(chunk.at(EPOCH, 3).checkedBy(Samples.verifier(SESSION)))
        .isEqualTo(Verdict.BAD_SIGNATURE);
  }

  @Test
  void messagesAreVerifiedWithTheKeyThatTheyName() {
    byte[] message = {1, 2, 3};
    byte[] signature = SESSION.sign(SignatureDomain.MANIFEST, message);
    SessionKey other = Samples.session(1, EPOCH, 50);
    ChunkVerifier verifier = Samples.verifier(SESSION, other);
    SignatureDomain domain = SignatureDomain.MANIFEST;
    assertThat(verifier.verifySigned(domain, EPOCH, 0, message, signature)).isTrue();
    assertThat(verifier.verifySigned(domain, EPOCH, 1, message, signature)).isFalse();
    assertThat(verifier.verifySigned(domain, EPOCH, 2, message, signature)).isFalse();
    assertThat(verifier.verifySigned(domain, EPOCH + 1, 0, message, signature)).isFalse();
    assertThat(verifier.verifySigned(domain, EPOCH, 0, new byte[] {1, 2}, signature)).isFalse();
    assertThat(verifier.verifySigned(domain, EPOCH, 0, message, new byte[63])).isFalse();
    assertThat(verifier.verifySigned(domain, EPOCH, 0, message, new byte[64])).isFalse();
    assertThat(verifier.verifySigned(SignatureDomain.BATCH_ROOT, EPOCH, 0, message, signature))
        .isFalse();
  }
}
