package dev.livestream.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes of a batch's Merkle tree: SHA-256 with separate domains for leaves and nodes.
 *
 * <p>A leaf hashes {@code 0x00 || "livestream/chunk/1" || channel || epoch(8) || sequence(8) ||
 * timestamp(8) || priority(1) || keyFrameDistance(4) || length(4) || payload}, big endian; a node
 * hashes {@code 0x01 || left || right}. The first byte keeps a node from being passed off as a leaf
 * (RFC 6962, section 2.1), and the channel keeps a chunk from being passed off as another
 * channel's. A leaf is hashed in one pass over the payload: that pass is nearly all of the cost of
 * verifying.
 *
 * <p>Not thread-safe: the digest and the header are reused from call to call.
 */
final class ChunkHasher {
  static final int HASH_BYTES = 32;

  private static final byte[] LEAF_DOMAIN =
      "\0livestream/chunk/1".getBytes(StandardCharsets.US_ASCII);
  private static final int FIELDS_BYTES = 3 * Long.BYTES + 1 + 2 * Integer.BYTES;

  private final MessageDigest sha256;
  private final ByteBuffer header;
  private final int fieldsOffset;
  private final byte[] node = new byte[1 + 2 * HASH_BYTES];

  ChunkHasher(ChannelId channel) {
    this.sha256 = sha256();
    this.fieldsOffset = LEAF_DOMAIN.length + ChannelId.BYTES;
    this.header = ByteBuffer.allocate(fieldsOffset + FIELDS_BYTES);
    header.put(LEAF_DOMAIN).put(channel.key().encoded());
    node[0] = 1;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** Hashes a chunk into {@code target}. The payload's position and limit stay as they are. */
  void leaf(ChunkMeta meta, ByteBuffer payload, byte[] target, int offset) {
    header.position(fieldsOffset);
    header.putLong(meta.epoch()).putLong(meta.sequence()).putLong(meta.timestampMicros());
    header.put((byte) meta.priority().code());
    header.putInt(meta.keyFrameDistance()).putInt(meta.length());
    sha256.update(header.array(), 0, header.capacity());
    if (payload.hasArray()) {
      sha256.update(
          payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
    } else {
      sha256.update(payload.duplicate());
    }
    finish(target, offset);
  }

  /** Hashes two nodes into {@code target}, which may overlap either of them. */
  void node(byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] target, int offset) {
    System.arraycopy(left, leftOffset, node, 1, HASH_BYTES);
    System.arraycopy(right, rightOffset, node, 1 + HASH_BYTES, HASH_BYTES);
    sha256.update(node, 0, node.length);
    finish(target, offset);
  }

  /** Tells one signed batch from every other: its key, what is signed, and the signature. */
  byte[] fingerprint(byte[] input, VerificationKey key, ChunkProof proof) {
    sha256.update(key.encoded());
    sha256.update(proof.encoded(), proof.signatureOffset(), VerificationKey.SIGNATURE_BYTES);
    // Last, because it alone differs in length.
    return sha256.digest(input);
  }

  private void finish(byte[] target, int offset) {
    try {
      sha256.digest(target, offset, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("A SHA-256 hash has 32 bytes.", e);
    }
  }
}
