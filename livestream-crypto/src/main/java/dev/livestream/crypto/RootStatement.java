package dev.livestream.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a session key says about a batch: "these are the chunks from here to there, in this order".
 *
 * <p>Signed in the domain {@link SignatureDomain#BATCH_ROOT} as {@code channel(32) || epoch(8) ||
 * keyId(4) || firstSequence(8) || leafCount(4) || root(32)}, big endian. The first sequence number
 * is the chunk's less its leaf index, so a leaf cannot be moved within its tree.
 */
final class RootStatement {
  private final long epoch;
  private final int keyId;
  private final long firstSequence;
  private final int leafCount;
  private final byte[] root;

  /** Keeps {@code root} without copying it. */
  RootStatement(long epoch, int keyId, long firstSequence, int leafCount, byte[] root) {
    this.epoch = epoch;
    this.keyId = keyId;
    this.firstSequence = firstSequence;
    this.leafCount = leafCount;
    this.root = root;
  }

  /** The statement that a chunk's meta data, proof and computed root amount to. */
  static RootStatement of(ChunkMeta meta, ChunkProof proof, byte[] root) {
    return new RootStatement(
        meta.epoch(), proof.keyId(), meta.sequence() - proof.leafIndex(), proof.leafCount(), root);
  }

  /** The message that is signed. */
  byte[] message(ChannelId channel) {
    ByteBuffer message =
        ByteBuffer.allocate(
            ChannelId.BYTES + 2 * Long.BYTES + 2 * Integer.BYTES + ChunkHasher.HASH_BYTES);
    message.put(channel.key().encoded());
    message.putLong(epoch).putInt(keyId).putLong(firstSequence).putInt(leafCount).put(root);
    return message.array();
  }

  /** Whether all chunks of the batch come before the given one. */
  boolean endsBefore(long otherEpoch, long sequence) {
    return epoch < otherEpoch || (epoch == otherEpoch && firstSequence + leafCount <= sequence);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RootStatement that
        && epoch == that.epoch
        && keyId == that.keyId
        && firstSequence == that.firstSequence
        && leafCount == that.leafCount
        && Arrays.equals(root, that.root);
  }

  /** The root alone tells statements apart, and a hash is as good as its first four bytes. */
  @Override
  public int hashCode() {
    return ByteBuffer.wrap(root).getInt();
  }
}
