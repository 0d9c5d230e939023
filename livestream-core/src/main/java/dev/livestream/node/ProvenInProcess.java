package dev.livestream.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.livestream.crypto.ProvenSignatures;
import java.nio.ByteBuffer;

/**
 * The signatures that this process has found good, for all its viewers, whichever endpoint they
 * use.
 *
 * <p>One for the process, because what is true of a signature is true everywhere: it holds no
 * settings and nothing that depends on who asks. A fingerprint with what keeps it takes some 200
 * bytes; the largest window of chunks, each in a batch of its own, has 4,096.
 */
final class ProvenInProcess implements ProvenSignatures {
  static final ProvenSignatures SIGNATURES = new ProvenInProcess();

  private static final int MOST = 8_192;

  // Reads are recorded on the caller's thread: viewers must not wait for a pool they do not own.
  private final Cache<ByteBuffer, Boolean> fingerprints =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private ProvenInProcess() {}

  @Override
  public boolean contains(ByteBuffer fingerprint) {
    return fingerprints.getIfPresent(fingerprint) != null;
  }

  @Override
  public void add(ByteBuffer fingerprint) {
    fingerprints.put(fingerprint, Boolean.TRUE);
  }
}
