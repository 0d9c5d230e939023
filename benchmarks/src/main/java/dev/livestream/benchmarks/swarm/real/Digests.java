package dev.livestream.benchmarks.swarm.real;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of what the broadcaster wrote. */
final class Digests {
  private static final int PIECE = 64 * 1024;

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Of the bytes from one place inclusive to another exclusive. */
  static byte[] ofStream(long from, long to) {
    MessageDigest digest = sha256();
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    for (long at = from; at < to; at += piece.limit()) {
      piece.clear().limit((int) Math.min(PIECE, to - at));
      WrittenMedia.fill(piece, at);
      digest.update(piece.flip());
    }
    return digest.digest();
  }
}
