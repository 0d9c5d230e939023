package dev.livestream.crypto;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The root statements whose signatures were found good, oldest first, in bounded memory.
 *
 * <p>The signature is remembered with the statement. Otherwise a chunk with a good path but a
 * broken signature would pass where the root is known, be forwarded, and have the honest forwarder
 * convicted by the next peer, which does not know the root yet.
 */
final class RememberedRoots {
  private static final int SIGNATURE = VerificationKey.SIGNATURE_BYTES;

  private final int capacity;
  private final Map<RootStatement, byte[]> signatures = new LinkedHashMap<>();

  RememberedRoots(int capacity) {
    this.capacity = capacity;
  }

  /** Whether exactly this statement with exactly the proof's signature was found good before. */
  boolean knows(RootStatement statement, ChunkProof proof) {
    byte @Nullable [] signature = signatures.get(statement);
    return signature != null
        && Arrays.equals(
            signature, 0, SIGNATURE, proof.encoded(), proof.signatureOffset(), proof.encodedSize());
  }

  /** Remembers a statement that was found good, and forgets the oldest if there are too many. */
  void remember(RootStatement statement, ChunkProof proof) {
    if (signatures.putIfAbsent(statement, proof.signature()) == null
        && signatures.size() > capacity) {
      Iterator<RootStatement> oldestFirst = signatures.keySet().iterator();
      oldestFirst.next();
      oldestFirst.remove();
    }
  }

  /**
   * Forgets from the oldest on until one is found that is still of use. Later ones that are not
   * stay a little longer: searching for them would make every call as dear as the whole window.
   */
  void forgetBefore(long epoch, long sequence) {
    Iterator<RootStatement> oldestFirst = signatures.keySet().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().endsBefore(epoch, sequence)) {
      oldestFirst.remove();
    }
  }

  int size() {
    return signatures.size();
  }
}
