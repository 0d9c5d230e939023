package dev.livestream.crypto;

/**
 * The Merkle tree over the chunks of a batch, and the paths through it.
 *
 * <p>The shape is that of RFC 6962, section 2.1: level by level, neighbours are hashed in pairs,
 * and a node without a neighbour moves up as it is. So leaf index and leaf count together determine
 * the length of a path and the side of each of its hashes; none of that is sent, and there is
 * exactly one path for a leaf. (The idea of signing a tree and giving each packet its path is Wong
 * and Lam's tree chaining, "Digital Signatures for Flows and Multicasts", 1999, section 4.)
 */
final class MerkleTree {
  private static final int HASH = ChunkHasher.HASH_BYTES;

  private final ChunkHasher hasher;
  private final int leafCount;

  /** The levels one after the other, leaves first, the root last. */
  private final byte[] nodes;

  /** Makes the tree over the hashes in {@code leaves}. */
  MerkleTree(ChunkHasher hasher, byte[] leaves) {
    this.hasher = hasher;
    this.leafCount = leaves.length / HASH;
    this.nodes = new byte[nodeCount(leafCount) * HASH];
    System.arraycopy(leaves, 0, nodes, 0, leaves.length);
    build();
  }

  private void build() {
    int level = 0;
    for (int size = leafCount; size > 1; size = parents(size)) {
      int next = level + size;
      for (int i = 0; i + 1 < size; i += 2) {
        hasher.node(
            nodes, (level + i) * HASH, nodes, (level + i + 1) * HASH, nodes, (next + i / 2) * HASH);
      }
      if ((size & 1) == 1) {
        System.arraycopy(nodes, (level + size - 1) * HASH, nodes, (next + size / 2) * HASH, HASH);
      }
      level = next;
    }
  }

  /** Copies the root. */
  byte[] root() {
    byte[] root = new byte[HASH];
    System.arraycopy(nodes, nodes.length - HASH, root, 0, HASH);
    return root;
  }

  /** Copies the path of a leaf, from the leaf's sibling up. */
  byte[] path(int leafIndex) {
    byte[] path = new byte[pathLength(leafIndex, leafCount) * HASH];
    int written = 0;
    int level = 0;
    int index = leafIndex;
    for (int size = leafCount; size > 1; size = parents(size)) {
      int sibling = index ^ 1;
      if (sibling < size) {
        System.arraycopy(nodes, (level + sibling) * HASH, path, written, HASH);
        written += HASH;
      }
      level += size;
      index >>= 1;
    }
    return path;
  }

  /** The number of hashes in the path of a leaf. */
  static int pathLength(int leafIndex, int leafCount) {
    int length = 0;
    int index = leafIndex;
    for (int size = leafCount; size > 1; size = parents(size)) {
      if ((index ^ 1) < size) {
        length++;
      }
      index >>= 1;
    }
    return length;
  }

  /** Turns the leaf hash in {@code hash} into the root to which the proof's path leads. */
  static void climb(ChunkHasher hasher, ChunkProof proof, byte[] hash) {
    byte[] path = proof.encoded();
    int position = proof.pathOffset();
    int index = proof.leafIndex();
    for (int size = proof.leafCount(); size > 1; size = parents(size)) {
      if ((index & 1) == 1) {
        hasher.node(path, position, hash, 0, hash, 0);
        position += HASH;
      } else if (index + 1 < size) {
        hasher.node(hash, 0, path, position, hash, 0);
        position += HASH;
      }
      index >>= 1;
    }
  }

  private static int nodeCount(int leafCount) {
    int count = 1;
    for (int size = leafCount; size > 1; size = parents(size)) {
      count += size;
    }
    return count;
  }

  private static int parents(int size) {
    return (size + 1) >> 1;
  }
}
