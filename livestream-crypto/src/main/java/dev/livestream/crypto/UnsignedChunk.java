package dev.livestream.crypto;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A chunk before it is signed.
 *
 * @param meta what is said about it
 * @param payload its bytes, from position to limit; neither is moved, nothing is copied, and the
 *     content must not change while it is signed
 */
public record UnsignedChunk(ChunkMeta meta, ByteBuffer payload) {
  /**
   * Validates that the description fits the payload.
   *
   * @throws IllegalArgumentException if the payload's length is not the one described
   */
  public UnsignedChunk {
    Objects.requireNonNull(meta, "meta");
    Objects.requireNonNull(payload, "payload");
    if (payload.remaining() != meta.length()) {
      throw new IllegalArgumentException(
          "The payload has "
              + payload.remaining()
              + " bytes, described are "
              + meta.length()
              + ".");
    }
  }
}
