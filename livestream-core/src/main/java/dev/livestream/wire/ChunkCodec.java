package dev.livestream.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.ChunkProof;
import dev.livestream.crypto.MalformedException;
import dev.livestream.wire.proto.ChunkHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Chunk frames to bytes and back.
 *
 * <p>A frame is a varint with the header's length, the header, and the payload raw to the frame's
 * end. Only the header is parsed; the payload is never copied on the way in.
 */
public final class ChunkCodec {
  private ChunkCodec() {}

  /** Puts a chunk into a frame of its own. */
  public static Chunk encode(ChunkMeta meta, ChunkProof proof, ByteBuffer payload) {
    if (payload.remaining() != meta.length()) {
      throw new IllegalArgumentException(
          "the payload has " + payload.remaining() + " bytes, its header says " + meta.length());
    }
    ChunkHeader header =
        ChunkHeader.newBuilder()
            .setEpoch(meta.epoch())
            .setSequence(meta.sequence())
            .setTimestampMicros(meta.timestampMicros())
            .setPriority(meta.priority().code())
            .setKeyFrameDistance(meta.keyFrameDistance())
            .setLength(meta.length())
            .setProof(ByteString.copyFrom(proof.encode()))
            .build();
    int headerBytes = header.getSerializedSize();
    int prefix = CodedOutputStream.computeUInt32SizeNoTag(headerBytes);
    byte[] frame = new byte[prefix + headerBytes + meta.length()];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(frame, 0, prefix + headerBytes);
      out.writeUInt32NoTag(headerBytes);
      header.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the computed size was too small", e);
    }
    payload.duplicate().get(frame, prefix + headerBytes, meta.length());
    return new Chunk(meta, proof, ByteBuffer.wrap(frame), prefix + headerBytes);
  }

  /**
   * Reads a frame. The chunk keeps the frame's array.
   *
   * @param frame backed by an accessible array; from position to limit
   * @throws WireException if anything about it is out of bounds
   */
  public static Chunk decode(ByteBuffer frame) throws WireException {
    int size = frame.remaining();
    if (size > WireLimits.CHUNK_FRAME_BYTES) {
      throw new WireException("chunk frame of " + size + " bytes");
    }
    ByteBuffer whole = frame.slice();
    try {
      CodedInputStream in = CodedInputStream.newInstance(whole.array(), whole.arrayOffset(), size);
      int headerBytes = in.readRawVarint32();
      if (headerBytes <= 0 || headerBytes > WireLimits.CHUNK_HEADER_BYTES) {
        throw new WireException("chunk header of " + headerBytes + " bytes");
      }
      int payloadOffset = in.getTotalBytesRead() + headerBytes;
      if (payloadOffset > size) {
        throw new WireException("chunk frame ends inside its header");
      }
      in.pushLimit(headerBytes);
      ChunkHeader header = ChunkHeader.parseFrom(in);
      in.checkLastTagWas(0);
      if (header.getLength() != size - payloadOffset) {
        throw new WireException("chunk header says another length than its payload has");
      }
      return new Chunk(meta(header), proof(header), whole, payloadOffset);
    } catch (InvalidProtocolBufferException e) {
      throw new WireException("chunk header is not a valid message");
    } catch (IOException e) {
      throw new WireException("chunk header cannot be read");
    }
  }

  private static ChunkMeta meta(ChunkHeader header) throws WireException {
    try {
      return new ChunkMeta(
          header.getEpoch(),
          header.getSequence(),
          header.getTimestampMicros(),
          ChunkPriority.ofCode(header.getPriority()),
          header.getKeyFrameDistance(),
          header.getLength());
    } catch (IllegalArgumentException | MalformedException e) {
      throw new WireException("chunk header out of range: " + e.getMessage());
    }
  }

  private static ChunkProof proof(ChunkHeader header) throws WireException {
    try {
      return ChunkProof.decode(header.getProof().asReadOnlyByteBuffer());
    } catch (MalformedException e) {
      throw new WireException("chunk proof: " + e.getMessage());
    }
  }
}
