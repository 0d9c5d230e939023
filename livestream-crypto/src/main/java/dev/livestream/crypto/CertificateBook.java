package dev.livestream.crypto;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The few session certificates that a verifier works with, oldest first by (epoch, key id).
 *
 * <p>It decides which key may sign which chunk. A fixed number of places bounds its memory; when
 * they are taken, newer epochs and then newer keys win, so that old certificates, however many
 * there are and however genuine, cannot push out the current one. Lists this short are searched
 * faster than any map.
 */
final class CertificateBook {
  static final int PLACES = 8;

  /** How far the clocks of broadcaster and viewer may be apart. */
  static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final List<SessionCertificate> certificates = new ArrayList<>(PLACES);

  /** Whether the very same certificate is kept. */
  boolean contains(SessionCertificate certificate) {
    return certificates.contains(certificate);
  }

  /** Whether a certificate is too old to get a place. */
  boolean hasNoPlaceFor(SessionCertificate certificate) {
    return certificates.size() == PLACES && compare(certificate, certificates.get(0)) < 0;
  }

  /** Keeps a genuine certificate unless it contradicts one that is kept. */
  boolean add(SessionCertificate certificate) {
    int position = 0;
    for (SessionCertificate kept : certificates) {
      int order = compare(kept, certificate);
      if (order == 0 || contradict(kept, certificate, order)) {
        return false;
      }
      position += order < 0 ? 1 : 0;
    }
    certificates.add(position, certificate);
    if (certificates.size() > PLACES) {
      certificates.remove(0);
    }
    return true;
  }

  /** The certificate of a key, if it is known. */
  @Nullable SessionCertificate find(long epoch, int keyId) {
    for (int i = certificates.size() - 1; i >= 0; i--) {
      SessionTerms terms = certificates.get(i).terms();
      if (terms.epoch() == epoch && terms.keyId() == keyId) {
        return certificates.get(i);
      }
    }
    return null;
  }

  /** Whether a later key has taken over from this one at the given sequence number. */
  boolean isSuperseded(long epoch, int keyId, long sequence) {
    for (int i = certificates.size() - 1; i >= 0; i--) {
      SessionTerms terms = certificates.get(i).terms();
      if (terms.epoch() == epoch && terms.keyId() > keyId && terms.minSequence() <= sequence) {
        return true;
      }
    }
    return false;
  }

  /** Whether a later epoch than this one is known. */
  boolean isPast(long epoch) {
    return !certificates.isEmpty()
        && certificates.get(certificates.size() - 1).terms().epoch() > epoch;
  }

  /** Drops what no chunk at or after the given one can need. */
  void forgetBefore(long epoch, long sequence) {
    certificates.removeIf(
        certificate -> {
          SessionTerms terms = certificate.terms();
          return terms.epoch() < epoch
              || (terms.epoch() == epoch && isSuperseded(epoch, terms.keyId(), sequence));
        });
  }

  static boolean hasBegun(SessionTerms terms, Instant now) {
    return !now.isBefore(terms.notBefore().minus(CLOCK_SKEW));
  }

  static boolean hasEnded(SessionTerms terms, Instant now) {
    return now.isAfter(terms.notAfter().plus(CLOCK_SKEW));
  }

  private static int compare(SessionCertificate a, SessionCertificate b) {
    int byEpoch = Long.compare(a.terms().epoch(), b.terms().epoch());
    return byEpoch != 0 ? byEpoch : Integer.compare(a.terms().keyId(), b.terms().keyId());
  }

  private static boolean contradict(SessionCertificate kept, SessionCertificate added, int order) {
    if (kept.terms().epoch() != added.terms().epoch()) {
      return false;
    }
    long lower = (order < 0 ? kept : added).terms().minSequence();
    long higher = (order < 0 ? added : kept).terms().minSequence();
    return higher < lower;
  }
}
