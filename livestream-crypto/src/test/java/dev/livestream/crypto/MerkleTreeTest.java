package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tree against the recursive definition of RFC 6962, section 2.1, written out naively. */
class MerkleTreeTest {
  private static final ChannelId CHANNEL = Samples.CHANNEL.id();

  private static byte[] sha256(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return ChunkHasher.sha256().digest(all.toByteArray());
  }

  private static byte[] naiveRoot(byte[] leaves) {
    int count = leaves.length / 32;
    if (count == 1) {
      return leaves;
    }
    int left = Integer.highestOneBit(count - 1) * 32;
    return sha256(
        new byte[] {1},
        naiveRoot(Arrays.copyOf(leaves, left)),
        naiveRoot(Arrays.copyOfRange(leaves, left, leaves.length)));
  }

  private static byte[] naivePath(byte[] leaves, int index) {
    int count = leaves.length / 32;
    if (count == 1) {
      return new byte[0];
    }
    int split = Integer.highestOneBit(count - 1);
    byte[] left = Arrays.copyOf(leaves, split * 32);
    byte[] right = Arrays.copyOfRange(leaves, split * 32, leaves.length);
    byte[] below = index < split ? naivePath(left, index) : naivePath(right, index - split);
    byte[] sibling = naiveRoot(index < split ? right : left);
    byte[] path = Arrays.copyOf(below, below.length + 32);
    System.arraycopy(sibling, 0, path, below.length, 32);
    return path;
  }

  @Test
  void hasTheRootAndThePathsOfRfc6962ForEveryBatchSize() {
    ChunkHasher hasher = new ChunkHasher(CHANNEL);
    Random random = new Random(3);
    for (int count = 1; count <= SessionKey.MAX_BATCH; count++) {
      byte[] leaves = new byte[count * 32];
      random.nextBytes(leaves);
      MerkleTree tree = new MerkleTree(hasher, leaves);
      assertThat(tree.root()).isEqualTo(naiveRoot(leaves));
      for (int index = 0; index < count; index++) {
        byte[] path = tree.path(index);
        assertThat(path).isEqualTo(naivePath(leaves, index));
        assertThat(MerkleTree.pathLength(index, count) * 32).isEqualTo(path.length);
        byte[] hash = Arrays.copyOfRange(leaves, index * 32, index * 32 + 32);
        MerkleTree.climb(hasher, ChunkProof.of(0, index, count, path, new byte[64]), hash);
        assertThat(hash).isEqualTo(tree.root());
      }
    }
  }

  @Test
  void aLeafIsTheHashOfItsDocumentedLayout() {
    byte[] payload = {1, 2, 3};
    ChunkMeta meta = new ChunkMeta(5, 6, 7, ChunkPriority.AUDIO, 8, payload.length);
    byte[] fields =
        ByteBuffer.allocate(33)
            .putLong(5)
            .putLong(6)
            .putLong(7)
            .put((byte) 1)
            .putInt(8)
            .putInt(3)
            .array();
    byte[] leaf = new byte[32];
    new ChunkHasher(CHANNEL).leaf(meta, ByteBuffer.wrap(payload), leaf, 0);
    assertThat(leaf)
        .isEqualTo(
            sha256(
                new byte[] {0},
                "livestream/chunk/1".getBytes(StandardCharsets.US_ASCII),
                CHANNEL.bytes(),
                fields,
                payload));
  }

  @Test
  void aNodeIsNotTheHashThatALeafOfTheSameBytesWouldHave() {
    byte[] left = sha256(new byte[] {1});
    byte[] right = sha256(new byte[] {2});
    byte[] node = new byte[32];
    new ChunkHasher(CHANNEL).node(left, 0, right, 0, node, 0);
    assertThat(node)
        .isEqualTo(sha256(new byte[] {1}, left, right))
        .isNotEqualTo(sha256(new byte[] {0}, left, right))
        .isNotEqualTo(sha256(left, right));
  }

  @Test
  void thePayloadHashesTheSameFromEveryKindOfBufferAndIsNotMoved() {
    byte[] payload = new byte[5000];
    new Random(9).nextBytes(payload);
    ChunkMeta meta = new ChunkMeta(0, 0, 0, ChunkPriority.ORDINARY, 0, payload.length);
    ByteBuffer padded = ByteBuffer.allocate(payload.length + 20).position(7).put(payload).flip();
    ByteBuffer direct =
        ByteBuffer.allocateDirect(payload.length + 20).position(7).put(payload).flip();
    ChunkHasher hasher = new ChunkHasher(CHANNEL);
    byte[] expected = new byte[32];
    hasher.leaf(meta, ByteBuffer.wrap(payload), expected, 0);
    for (ByteBuffer buffer :
        new ByteBuffer[] {
          padded.position(7),
          padded.slice(),
          padded.asReadOnlyBuffer(),
          direct.position(7),
          direct.slice(),
          direct.asReadOnlyBuffer()
        }) {
      int position = buffer.position();
      byte[] leaf = new byte[32];
      hasher.leaf(meta, buffer, leaf, 0);
      assertThat(leaf).isEqualTo(expected);
      assertThat(buffer.position()).isEqualTo(position);
      assertThat(buffer.remaining()).isEqualTo(payload.length);
    }
  }
}
