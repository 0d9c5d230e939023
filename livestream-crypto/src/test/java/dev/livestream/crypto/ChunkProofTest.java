package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkProofTest {
  private static ChunkProof proof(int keyId, int leafIndex, int leafCount) {
    Random random = new Random(leafCount * 64L + leafIndex);
    byte[] path = new byte[32 * MerkleTree.pathLength(leafIndex, leafCount)];
    byte[] signature = new byte[64];
    random.nextBytes(path);
    random.nextBytes(signature);
    return ChunkProof.of(keyId, leafIndex, leafCount, path, signature);
  }

  @Test
  void everyPlaceInEveryBatchHasAnEncodingThatDecodesToIt() throws MalformedException {
    for (int count = 1; count <= SessionKey.MAX_BATCH; count++) {
      for (int index = 0; index < count; index++) {
        ChunkProof proof = proof(7, index, count);
        ChunkProof decoded = ChunkProof.decode(proof.encode());
        assertThat(decoded).isEqualTo(proof).hasSameHashCodeAs(proof);
        assertThat(decoded.leafIndex()).isEqualTo(index);
        assertThat(decoded.leafCount()).isEqualTo(count);
        assertThat(decoded.path()).isEqualTo(proof.path());
        assertThat(decoded.signature()).isEqualTo(proof.signature());
        assertThat(decoded.encodedSize())
            .isEqualTo(3 + proof.path().length + 64)
            .isLessThanOrEqualTo(ChunkProof.MAX_ENCODED_BYTES);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 1 << 21, 1 << 28, Integer.MAX_VALUE})
  void keyIdsOfAllLengthsSurvive(int keyId) throws MalformedException {
    ChunkProof proof = proof(keyId, 63, 64);
    ChunkProof decoded = ChunkProof.decode(proof.encode());
    assertThat(decoded.keyId()).isEqualTo(keyId);
    assertThat(decoded.path()).isEqualTo(proof.path());
  }

  @Test
  void theLargestProofIsAsLargeAsSaid() {
    assertThat(proof(Integer.MAX_VALUE, 0, 64).encodedSize())
        .isEqualTo(ChunkProof.MAX_ENCODED_BYTES);
  }

  @Test
  void isReadFromTheMiddleOfABufferWithoutMovingIt() throws MalformedException {
    ChunkProof proof = proof(3, 2, 5);
    ByteBuffer buffer = ByteBuffer.allocateDirect(400).position(17);
    proof.writeTo(buffer);
    assertThat(buffer.position()).isEqualTo(17 + proof.encodedSize());
    buffer.flip().position(17);
    assertThat(ChunkProof.decode(buffer.asReadOnlyBuffer())).isEqualTo(proof);
    assertThat(ChunkProof.decode(buffer)).isEqualTo(proof);
    assertThat(buffer.position()).isEqualTo(17);
  }

  @Test
  void isNotChangedThroughTheArraysItTakesOrGives() throws MalformedException {
    ChunkProof proof = proof(3, 2, 5);
    byte[] taken = proof.encode();
    ChunkProof decoded = ChunkProof.decode(taken);
    Arrays.fill(taken, (byte) 0);
    Arrays.fill(decoded.encode(), (byte) 0);
    Arrays.fill(decoded.path(), (byte) 0);
    Arrays.fill(decoded.signature(), (byte) 0);
    assertThat(decoded).isEqualTo(proof);
  }

  @Test
  void everyPrefixAndEveryExtensionIsMalformed() {
    byte[] encoded = proof(300, 20, 33).encode();
    for (int length = 0; length <= encoded.length + 70; length++) {
      if (length != encoded.length) {
        byte[] other = Arrays.copyOf(encoded, length);
        assertThatThrownBy(() -> ChunkProof.decode(other)).isInstanceOf(MalformedException.class);
      }
    }
  }

  @Test
  void whateverDecodesEncodesToTheSameBytes() {
    Random random = new Random(5);
    int decoded = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[67 + 32 * random.nextInt(4)];
      random.nextBytes(bytes);
      bytes[0] &= 0x7f;
      bytes[1] &= 7;
      bytes[2] &= 7;
      try {
        ChunkProof proof = ChunkProof.decode(bytes);
        assertThat(
                ChunkProof.of(
                        proof.keyId(),
                        proof.leafIndex(),
                        proof.leafCount(),
                        proof.path(),
                        proof.signature())
                    .encode())
            .isEqualTo(bytes);
        decoded++;
      } catch (MalformedException e) {
        assertThat(e).hasMessageEndingWith(".");
      }
    }
    assertThat(decoded).isGreaterThan(1000);
  }

  @ParameterizedTest
  @MethodSource("dev.livestream.crypto.TestVectors#malformedProofs")
  void whatIsNotCanonicalIsMalformed(TestVectors.MalformedProof malformed) {
    assertThatThrownBy(() -> ChunkProof.decode(malformed.bytes()))
        .as(malformed.reason())
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 1, 0, 64", "0, -1, 1, 0, 64", "0, 1, 1, 0, 64", "0, 0, 0, 0, 64", "0, 0, 65, 224, 64",
    "0, 0, 2, 0, 64", "0, 0, 2, 64, 64", "0, 0, 2, 31, 64", "0, 2, 3, 64, 64", "0, 0, 1, 0, 63",
    "0, 0, 1, 0, 65"
  })
  void aProofThatCannotBeIsRefused(int keyId, int index, int count, int path, int signature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkProof.of(keyId, index, count, new byte[path], new byte[signature]));
  }
}
