package dev.livestream.wire;

import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkProof;
import java.nio.ByteBuffer;

/**
 * One chunk as it travels: what it says, its proof, and the frame that carries both.
 *
 * <p>The frame is the same at every hop, so a relay sends on the bytes it received. Immutable; the
 * bytes are shared by everyone who holds the chunk and must never be changed.
 */
public final class Chunk {
  private final ChunkMeta meta;
  private final ChunkProof proof;
  private final ByteBuffer frame;
  private final int payloadOffset;

  /**
   * A chunk inside a frame.
   *
   * @param frame the whole frame, from position 0 to limit
   * @param payloadOffset where the payload begins; it ends with the frame
   */
  Chunk(ChunkMeta meta, ChunkProof proof, ByteBuffer frame, int payloadOffset) {
    this.meta = meta;
    this.proof = proof;
    this.frame = frame;
    this.payloadOffset = payloadOffset;
  }

  /** What the broadcaster says of the chunk. */
  public ChunkMeta meta() {
    return meta;
  }

  /** The chunk's number in its epoch. */
  public long sequence() {
    return meta.sequence();
  }

  /** The run of the broadcaster that made it. */
  public long epoch() {
    return meta.epoch();
  }

  /** That the broadcaster says it. Not yet checked when the chunk comes from a codec. */
  public ChunkProof proof() {
    return proof;
  }

  /** A read-only view of the media bytes. */
  public ByteBuffer payload() {
    return frame.slice(payloadOffset, frame.limit() - payloadOffset).asReadOnlyBuffer();
  }

  /** A view of the whole frame, for sending on. */
  public ByteBuffer frame() {
    return frame.duplicate();
  }

  /** Bytes of the whole frame. */
  public int frameBytes() {
    return frame.limit();
  }

  /** Bytes of the payload. */
  public int payloadBytes() {
    return meta.length();
  }

  @Override
  public String toString() {
    return "chunk " + meta.epoch() + "/" + meta.sequence() + " (" + meta.length() + " bytes)";
  }
}
