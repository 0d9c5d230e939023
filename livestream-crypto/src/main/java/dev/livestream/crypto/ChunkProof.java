package dev.livestream.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a chunk carries to prove that the broadcaster made it: its place in a signed batch, the
 * Merkle path to the batch's root, and the signature of the root.
 *
 * <p>Encoded as three unsigned LEB128 numbers (key id, leaf index, leaf count), the path's hashes
 * of 32 bytes each from the leaf up, and the signature of 64 bytes. Index and count determine the
 * path's length, numbers take as few bytes as they can, and nothing may follow: each proof has
 * exactly one encoding. A batch of one takes 67 bytes, one of four 131, one of 64 at most {@value
 * #MAX_ENCODED_BYTES}.
 *
 * <p>Immutable. The encoding is what is kept, so that decoding and encoding copy it once each.
 */
public final class ChunkProof {
  /** The most chunks in a batch. */
  public static final int MAX_BATCH = 64;

  /** The most bytes that an encoded proof takes. */
  public static final int MAX_ENCODED_BYTES = 5 + 1 + 1 + 6 * 32 + 64;

  private static final int SIGNATURE = VerificationKey.SIGNATURE_BYTES;

  private final int keyId;
  private final int leafIndex;
  private final int leafCount;
  private final byte[] encoded;

  private ChunkProof(int keyId, int leafIndex, int leafCount, byte[] encoded) {
    this.keyId = keyId;
    this.leafIndex = leafIndex;
    this.leafCount = leafCount;
    this.encoded = encoded;
  }

  /**
   * Puts a proof together.
   *
   * @param keyId the session key that signed, not negative
   * @param leafIndex the chunk's place in its batch, from 0
   * @param leafCount the chunks in the batch, 1 to {@link #MAX_BATCH}
   * @param path the hashes from the leaf's sibling up, 32 bytes each; copied
   * @param signature 64 bytes; copied
   * @return the proof
   * @throws IllegalArgumentException if a number is out of range or a length is not the one that
   *     the numbers imply
   */
  public static ChunkProof of(
      int keyId, int leafIndex, int leafCount, byte[] path, byte[] signature) {
    if (keyId < 0 || !isPlace(leafIndex, leafCount)) {
      throw new IllegalArgumentException(
          "There is no leaf " + leafIndex + " of " + leafCount + " under key " + keyId + ".");
    }
    int pathBytes = pathBytes(leafIndex, leafCount);
    if (path.length != pathBytes || signature.length != SIGNATURE) {
      throw new IllegalArgumentException(
          "The path must have " + pathBytes + " bytes and the signature 64.");
    }
    int keyIdBytes = varintBytes(keyId);
    ByteBuffer target = ByteBuffer.allocate(keyIdBytes + 2 + pathBytes + SIGNATURE);
    int rest = keyId;
    for (int i = 1; i < keyIdBytes; i++) {
      target.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    // Index and count are below 128: one byte each.
    target.put((byte) rest).put((byte) leafIndex).put((byte) leafCount);
    target.put(path).put(signature);
    return new ChunkProof(keyId, leafIndex, leafCount, target.array());
  }

  /**
   * Reads a proof.
   *
   * @param bytes an encoded proof and nothing else; copied
   * @return the proof
   * @throws MalformedException if the bytes are not the one canonical encoding of a proof
   */
  public static ChunkProof decode(byte[] bytes) throws MalformedException {
    return decode(ByteBuffer.wrap(bytes));
  }

  /**
   * Reads a proof from all that remains in a buffer.
   *
   * @param source an encoded proof and nothing else, from position to limit; copied. Its position
   *     stays as it is
   * @return the proof
   * @throws MalformedException if the bytes are not the one canonical encoding of a proof
   */
  public static ChunkProof decode(ByteBuffer source) throws MalformedException {
    int size = source.remaining();
    if (size > MAX_ENCODED_BYTES || size < 3 + SIGNATURE) {
      throw new MalformedException("No chunk proof has " + size + " bytes.");
    }
    byte[] encoded = new byte[size];
    source.get(source.position(), encoded);
    // The size is at least 67, so that neither the number nor the two bytes after it run out.
    long keyId = 0;
    int offset = 0;
    byte next;
    do {
      next = encoded[offset];
      keyId |= (next & 0x7fL) << (7 * offset);
      offset++;
    } while (next < 0 && offset < 5);
    boolean longerThanNeeded = offset > 1 && next == 0;
    if (next < 0 || longerThanNeeded || keyId > Integer.MAX_VALUE) {
      throw new MalformedException("The key id of the chunk proof is not canonical.");
    }
    int leafIndex = encoded[offset];
    int leafCount = encoded[offset + 1];
    if (!isPlace(leafIndex, leafCount)) {
      throw new MalformedException("There is no leaf " + leafIndex + " of " + leafCount + ".");
    }
    if (size != offset + 2 + pathBytes(leafIndex, leafCount) + SIGNATURE) {
      throw new MalformedException("The path of the chunk proof has the wrong length.");
    }
    return new ChunkProof((int) keyId, leafIndex, leafCount, encoded);
  }

  /**
   * Writes the proof as {@link #decode(byte[])} reads it.
   *
   * @return a new array
   */
  public byte[] encode() {
    return encoded.clone();
  }

  /**
   * Writes the proof into a buffer and moves its position.
   *
   * @param target a buffer with at least {@link #encodedSize} bytes left
   * @throws java.nio.BufferOverflowException if there is less room
   */
  public void writeTo(ByteBuffer target) {
    target.put(encoded);
  }

  /**
   * The length of the encoding.
   *
   * @return bytes, at most {@link #MAX_ENCODED_BYTES}
   */
  public int encodedSize() {
    return encoded.length;
  }

  /**
   * The session key that signed.
   *
   * @return the key's number within the epoch
   */
  public int keyId() {
    return keyId;
  }

  /**
   * The chunk's place in its batch.
   *
   * @return 0 to {@code leafCount() - 1}
   */
  public int leafIndex() {
    return leafIndex;
  }

  /**
   * The chunks in the batch.
   *
   * @return 1 to {@link #MAX_BATCH}
   */
  public int leafCount() {
    return leafCount;
  }

  /**
   * The hashes from the leaf's sibling up.
   *
   * @return a copy, 32 bytes for each
   */
  public byte[] path() {
    return Arrays.copyOfRange(encoded, pathOffset(), signatureOffset());
  }

  /**
   * The signature of the batch's root.
   *
   * @return a copy, 64 bytes
   */
  public byte[] signature() {
    return Arrays.copyOfRange(encoded, signatureOffset(), encoded.length);
  }

  /** The encoding, not copied. */
  byte[] encoded() {
    return encoded;
  }

  int pathOffset() {
    return varintBytes(keyId) + 2;
  }

  int signatureOffset() {
    return encoded.length - SIGNATURE;
  }

  private static boolean isPlace(int leafIndex, int leafCount) {
    return leafCount >= 1 && leafCount <= MAX_BATCH && leafIndex >= 0 && leafIndex < leafCount;
  }

  private static int pathBytes(int leafIndex, int leafCount) {
    return MerkleTree.pathLength(leafIndex, leafCount) * ChunkHasher.HASH_BYTES;
  }

  private static int varintBytes(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChunkProof that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "ChunkProof[keyId=" + keyId + ", leaf=" + leafIndex + "/" + leafCount + "]";
  }
}
