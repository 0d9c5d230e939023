package dev.livestream.examples.demo;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Counts bytes and remembers which ones and in what order, in a few bytes. Thread-safe. */
final class Tally {
  private final MessageDigest digest;
  private long bytes;

  Tally() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  synchronized void add(ByteBuffer data) {
    bytes += data.remaining();
    digest.update(data.duplicate());
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Whether another has seen exactly the same bytes. */
  boolean sameAs(Tally other) {
    return bytes() == other.bytes() && Arrays.equals(fingerprint(), other.fingerprint());
  }

  private synchronized byte[] fingerprint() {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }
}
