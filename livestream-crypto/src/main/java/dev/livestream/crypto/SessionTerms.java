package dev.livestream.crypto;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What a session key is good for.
 *
 * <p>Within an epoch a key with a higher id supersedes those with lower ids from its {@code
 * minSequence} on. That is how a session key is rotated, or replaced when it was stolen.
 *
 * @param keyId the key's number within the epoch, from 0 up
 * @param epoch the broadcaster's run, 0 to {@link ChunkMeta#MAX_NUMBER}; grows with each restart
 * @param notBefore start of validity, cut to milliseconds; not before 1970
 * @param notAfter end of validity, inclusive, cut to milliseconds; not after the year 9999
 * @param minSequence the first sequence number the key may sign, 0 to {@link ChunkMeta#MAX_NUMBER}
 */
public record SessionTerms(
    int keyId, long epoch, Instant notBefore, Instant notAfter, long minSequence) {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /**
   * Validates the terms.
   *
   * @throws IllegalArgumentException if a value is out of range or the validity ends before it
   *     starts
   */
  public SessionTerms {
    Objects.requireNonNull(notBefore, "notBefore");
    Objects.requireNonNull(notAfter, "notAfter");
    if (keyId < 0) {
      throw new IllegalArgumentException("The keyId must not be negative, not " + keyId + ".");
    }
    requireNumber("epoch", epoch);
    requireNumber("minSequence", minSequence);
    requireInstant("notBefore", notBefore);
    requireInstant("notAfter", notAfter);
    notBefore = notBefore.truncatedTo(ChronoUnit.MILLIS);
    notAfter = notAfter.truncatedTo(ChronoUnit.MILLIS);
    if (!notBefore.isBefore(notAfter)) {
      throw new IllegalArgumentException(
          "The validity must end after it starts: " + notBefore + " to " + notAfter + ".");
    }
  }

  private static void requireNumber(String name, long value) {
    if (value < 0 || value > ChunkMeta.MAX_NUMBER) {
      throw new IllegalArgumentException(
          "The " + name + " must be 0 to 2^62 - 1, not " + value + ".");
    }
  }

  private static void requireInstant(String name, Instant instant) {
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "The " + name + " must lie between the years 1970 and 9999, not " + instant + ".");
    }
  }
}
