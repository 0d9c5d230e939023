package dev.livestream.crypto;

import static dev.livestream.crypto.Samples.NOW;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A signed chunk: what travels. */
record SignedChunk(ChunkMeta meta, ByteBuffer payload, ChunkProof proof) {
  Verdict checkedBy(ChunkVerifier verifier) {
    return verifier.verify(meta, payload, proof, NOW);
  }

  byte[] bytes() {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    return bytes;
  }

  SignedChunk withPayload(byte[] other) {
    return new SignedChunk(meta, ByteBuffer.wrap(other), proof);
  }

  SignedChunk withMeta(ChunkMeta other) {
    return new SignedChunk(other, payload, proof);
  }

  SignedChunk withProof(ChunkProof other) {
    return new SignedChunk(meta, payload, other);
  }

  SignedChunk at(long epoch, long sequence) {
    return withMeta(
        new ChunkMeta(
            epoch,
            sequence,
            meta.timestampMicros(),
            meta.priority(),
            meta.keyFrameDistance(),
            meta.length()));
  }

  static List<SignedChunk> batch(SessionKey session, long seed, long first, int count) {
    List<UnsignedChunk> chunks =
        Samples.batch(new Random(seed), session.certificate().terms().epoch(), first, count);
    List<ChunkProof> proofs = session.signBatch(chunks);
    List<SignedChunk> signed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UnsignedChunk chunk = chunks.get(i);
      signed.add(new SignedChunk(chunk.meta(), chunk.payload(), proofs.get(i)));
    }
    return signed;
  }
}
