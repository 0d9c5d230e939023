package dev.livestream.crypto;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether chunks are the broadcaster's. One for each stream that a peer takes part in.
 *
 * <p>Checks go from cheap to dear: the numbers, the certificate's terms, the hash of the chunk and
 * its path, and the signature only where the root has not been seen with it before. So of a batch
 * of chunks one costs a signature check (about 0.1 ms), and the others little more than hashing
 * them. A failed check leaves nothing behind, whatever was sent: it costs no memory and forgets no
 * good root.
 *
 * <p>It has no clock: the time is an argument. It is deterministic and not thread-safe.
 */
public final class ChunkVerifier {
  private final ChannelId channel;
  private final CertificateBook certificates = new CertificateBook();
  private final RememberedRoots roots;
  private final ProvenSignatures proven;
  private final ChunkHasher hasher;
  private Instant latest = Instant.MIN;
  private long signatureChecks;

  /**
   * Makes a verifier that knows no certificate yet.
   *
   * @param channel the channel whose chunks are to be verified
   * @param maxRememberedRoots how many signed roots to remember, at least 1: the batches in the
   *     window are a good number; each takes about 300 bytes
   * @throws IllegalArgumentException if {@code maxRememberedRoots} is less than 1
   */
  public ChunkVerifier(ChannelId channel, int maxRememberedRoots) {
    this(channel, maxRememberedRoots, ProvenSignatures.NONE);
  }

  /**
   * Makes a verifier that knows no certificate yet, and shares what it finds out about signatures.
   *
   * @param channel the channel whose chunks are to be verified
   * @param maxRememberedRoots how many signed roots to remember by itself, at least 1
   * @param proven what verifiers in the same program have found good
   * @throws IllegalArgumentException if {@code maxRememberedRoots} is less than 1
   */
  public ChunkVerifier(ChannelId channel, int maxRememberedRoots, ProvenSignatures proven) {
    if (maxRememberedRoots < 1) {
      throw new IllegalArgumentException(
          "At least one root must be remembered, not " + maxRememberedRoots + ".");
    }
    this.channel = channel;
    this.roots = new RememberedRoots(maxRememberedRoots);
    this.proven = proven;
    this.hasher = new ChunkHasher(channel);
  }

  /**
   * Takes in a certificate. A few are kept: newer epochs win, then newer keys. Where the clocks
   * differ by up to five minutes, a certificate is still valid.
   *
   * @param certificate what a peer sent
   * @param now the time
   * @return what was found; it is in use if {@link CertificateVerdict#isUsable}
   */
  public CertificateVerdict addCertificate(SessionCertificate certificate, Instant now) {
    tell(now);
    SessionTerms terms = certificate.terms();
    if (!certificate.channel().equals(channel)) {
      return CertificateVerdict.WRONG_CHANNEL;
    }
    if (certificates.contains(certificate)) {
      return CertificateVerdict.KNOWN;
    }
    if (!CertificateBook.hasBegun(terms, now)) {
      return CertificateVerdict.NOT_YET_VALID;
    }
    if (CertificateBook.hasEnded(terms, now)) {
      return CertificateVerdict.EXPIRED;
    }
    if (certificates.hasNoPlaceFor(certificate)) {
      return CertificateVerdict.SUPERSEDED;
    }
    signatureChecks++;
    if (!certificate.isValidFor(channel)) {
      return CertificateVerdict.BAD_SIGNATURE;
    }
    return certificates.add(certificate)
        ? CertificateVerdict.ACCEPTED
        : CertificateVerdict.CONFLICT;
  }

  /**
   * Verifies a chunk.
   *
   * @param meta what is said about the chunk
   * @param payload its bytes, from position to limit; neither is moved
   * @param proof the proof that came with it
   * @param now the time
   * @return the verdict; the chunk may be used only if it is {@link Verdict#VERIFIED}
   */
  public Verdict verify(ChunkMeta meta, ByteBuffer payload, ChunkProof proof, Instant now) {
    tell(now);
    if (payload.remaining() != meta.length() || proof.leafIndex() > meta.sequence()) {
      return Verdict.BAD_SIGNATURE;
    }
    @Nullable SessionCertificate certificate = certificates.find(meta.epoch(), proof.keyId());
    if (certificate == null) {
      return isOver(meta, proof) ? Verdict.OUTSIDE_CERTIFICATE : Verdict.UNKNOWN_KEY;
    }
    if (!covers(certificate.terms(), meta, now)) {
      return Verdict.OUTSIDE_CERTIFICATE;
    }
    byte[] hash = new byte[ChunkHasher.HASH_BYTES];
    hasher.leaf(meta, payload, hash, 0);
    MerkleTree.climb(hasher, proof, hash);
    RootStatement statement = RootStatement.of(meta, proof, hash);
    if (roots.knows(statement, proof)) {
      return Verdict.VERIFIED;
    }
    byte[] input = SignatureDomain.BATCH_ROOT.signingInput(statement.message(channel));
    if (!isSigned(input, certificate.key(), proof)) {
      return Verdict.BAD_SIGNATURE;
    }
    roots.remember(statement, proof);
    return Verdict.VERIFIED;
  }

  private boolean isSigned(byte[] input, VerificationKey key, ChunkProof proof) {
    if (proven == ProvenSignatures.NONE) {
      signatureChecks++;
      return key.verifies(input, proof.encoded(), proof.signatureOffset());
    }
    ByteBuffer fingerprint = ByteBuffer.wrap(hasher.fingerprint(input, key, proof));
    if (proven.contains(fingerprint)) {
      return true;
    }
    signatureChecks++;
    boolean good = key.verifies(input, proof.encoded(), proof.signatureOffset());
    if (good) {
      proven.add(fingerprint);
    }
    return good;
  }

  /**
   * Verifies a message that {@link SessionKey#sign} signed, such as a manifest. Its key must be
   * known and valid at the latest time that this verifier was told. A message has no sequence
   * number, so a key that was superseded within the epoch still counts.
   *
   * @param domain what the message is
   * @param epoch the epoch of the key that signed
   * @param keyId the id of the key that signed
   * @param message the message
   * @param signature what should be its signature
   * @return true if the message is the broadcaster's
   */
  public boolean verifySigned(
      SignatureDomain domain, long epoch, int keyId, byte[] message, byte[] signature) {
    @Nullable SessionCertificate certificate = certificates.find(epoch, keyId);
    if (certificate == null
        || signature.length != VerificationKey.SIGNATURE_BYTES
        || CertificateBook.hasEnded(certificate.terms(), latest)) {
      return false;
    }
    signatureChecks++;
    return certificate.key().verifies(domain.signingInput(message), signature, 0);
  }

  /**
   * Forgets roots and certificates that only chunks before the given one need. Cheap enough to call
   * whenever the window moves.
   *
   * @param epoch the epoch of the window's first chunk
   * @param sequence the window's first sequence number
   */
  public void forgetBefore(long epoch, long sequence) {
    roots.forgetBefore(epoch, sequence);
    certificates.forgetBefore(epoch, sequence);
  }

  /**
   * The signatures checked so far, good and bad.
   *
   * @return a count that only grows
   */
  public long signatureChecks() {
    return signatureChecks;
  }

  /**
   * The signed roots that are remembered now.
   *
   * @return at most what the constructor was given
   */
  public long rootsRemembered() {
    return roots.size();
  }

  private boolean covers(SessionTerms terms, ChunkMeta meta, Instant now) {
    return meta.sequence() >= terms.minSequence()
        && CertificateBook.hasBegun(terms, now)
        && !CertificateBook.hasEnded(terms, now)
        && !certificates.isSuperseded(meta.epoch(), terms.keyId(), meta.sequence());
  }

  private boolean isOver(ChunkMeta meta, ChunkProof proof) {
    return certificates.isPast(meta.epoch())
        || certificates.isSuperseded(meta.epoch(), proof.keyId(), meta.sequence());
  }

  private void tell(Instant now) {
    if (now.isAfter(latest)) {
      latest = now;
    }
  }
}
