package dev.livestream.crypto;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The private key that signs a broadcast, with the certificate that makes it count.
 *
 * <p>Made by {@link ChannelKey#openSession}. Immutable and thread-safe; signing does not block.
 */
public final class SessionKey {
  /** The most chunks in a batch. */
  public static final int MAX_BATCH = ChunkProof.MAX_BATCH;

  private static final int MOST_SINGLY = 7;

  private final SigningKey key;
  private final SessionCertificate certificate;

  SessionKey(SigningKey key, SessionCertificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /**
   * The channel's word for this key.
   *
   * @return the certificate, to be sent to viewers
   */
  public SessionCertificate certificate() {
    return certificate;
  }

  /**
   * Signs a message.
   *
   * @param domain what the message is
   * @param message any bytes
   * @return 64 bytes, which {@link ChunkVerifier#verifySigned} checks
   */
  public byte[] sign(SignatureDomain domain, byte[] message) {
    return key.sign(domain, message);
  }

  /**
   * Signs chunks that were written together, in the way that costs the swarm least: few chunks each
   * by itself, many as one batch.
   *
   * <p>Every copy of a chunk carries its proof, and uplinks are what a swarm has least of. Alone, a
   * chunk has a signature to carry (67 bytes); in a batch it has the same and a path beside it (99
   * to 163 bytes), which saves time, not bytes. So batches are for writers in a hurry, and frames
   * of video go without.
   *
   * @param chunks as for {@link #signBatch}
   * @return a proof for each chunk, in the same order
   * @throws IllegalArgumentException if the chunks are not as described
   */
  public List<ChunkProof> signTogether(List<UnsignedChunk> chunks) {
    requireBatch(chunks);
    if (chunks.size() > MOST_SINGLY) {
      return signBatch(chunks);
    }
    List<ChunkProof> proofs = new ArrayList<>(chunks.size());
    for (UnsignedChunk chunk : chunks) {
      proofs.addAll(signBatch(List.of(chunk)));
    }
    return proofs;
  }

  /**
   * Signs chunks that belong together. The cost is one signature, and hashing the payloads once.
   *
   * <p>Larger batches cost less to sign, but each doubling adds 32 bytes to every proof and a tenth
   * of a microsecond to every verification. For chunks of 4 KiB, proofs stay within 4 % of the
   * media up to batches of 8.
   *
   * <p>Two different chunks must never be signed under one sequence number of an epoch; keeping
   * count is up to the caller.
   *
   * @param batch 1 to {@link #MAX_BATCH} chunks of this session's epoch with consecutive sequence
   *     numbers, none below the certificate's minimum
   * @return a proof for each chunk, in the same order
   * @throws IllegalArgumentException if the batch is not as described
   */
  public List<ChunkProof> signBatch(List<UnsignedChunk> batch) {
    requireBatch(batch);
    ChannelId channel = certificate.channel();
    SessionTerms terms = certificate.terms();
    ChunkHasher hasher = new ChunkHasher(channel);
    int count = batch.size();
    byte[] leaves = new byte[count * ChunkHasher.HASH_BYTES];
    for (int i = 0; i < count; i++) {
      UnsignedChunk chunk = batch.get(i);
      hasher.leaf(chunk.meta(), chunk.payload(), leaves, i * ChunkHasher.HASH_BYTES);
    }
    MerkleTree tree = new MerkleTree(hasher, leaves);
    RootStatement statement =
        new RootStatement(
            terms.epoch(), terms.keyId(), batch.get(0).meta().sequence(), count, tree.root());
    byte[] signature = key.sign(SignatureDomain.BATCH_ROOT, statement.message(channel));
    List<ChunkProof> proofs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      proofs.add(ChunkProof.of(terms.keyId(), i, count, tree.path(i), signature));
    }
    return List.copyOf(proofs);
  }

  private void requireBatch(List<UnsignedChunk> batch) {
    if (batch.isEmpty() || batch.size() > MAX_BATCH) {
      throw new IllegalArgumentException(
          "A batch has 1 to " + MAX_BATCH + " chunks, not " + batch.size() + ".");
    }
    SessionTerms terms = certificate.terms();
    long expected = batch.get(0).meta().sequence();
    if (expected < terms.minSequence()) {
      throw new IllegalArgumentException(
          "This session may sign from sequence " + terms.minSequence() + " on, not " + expected);
    }
    for (UnsignedChunk chunk : batch) {
      ChunkMeta meta = chunk.meta();
      if (meta.epoch() != terms.epoch()) {
        throw new IllegalArgumentException(
            "This session signs epoch " + terms.epoch() + ", not " + meta.epoch() + ".");
      }
      if (meta.sequence() != expected) {
        throw new IllegalArgumentException(
            "Sequence " + meta.sequence() + " stands where " + expected + " should follow.");
      }
      ByteBuffer payload = chunk.payload();
      if (payload.remaining() != meta.length()) {
        throw new IllegalArgumentException("The payload of " + meta.sequence() + " has moved.");
      }
      expected++;
    }
  }

  /**
   * Names the session, never the key.
   *
   * @return text for logs
   */
  @Override
  public String toString() {
    return "SessionKey[" + certificate.channel() + ", " + certificate.terms() + "]";
  }
}
