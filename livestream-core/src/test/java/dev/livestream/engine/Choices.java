package dev.livestream.engine;

import java.nio.ByteBuffer;
import java.util.List;

/** Bytes read as choices; when they are used up every choice is the first. */
final class Choices {
  private final ByteBuffer bytes;

  Choices(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  boolean isOver() {
    return bytes.remaining() < Byte.BYTES;
  }

  /** A number from 0 to below {@code bound}, which is at most 256. */
  int below(int bound) {
    return isOver() ? 0 : (bytes.get() & 0xff) % bound;
  }

  <T> T of(List<T> all) {
    return all.get(below(all.size()));
  }

  boolean one(int in) {
    return below(in) == 0;
  }

  /** Any number of microseconds up to two seconds, mostly few. */
  long micros() {
    return (long) below(256) << below(14);
  }

  /** Mostly small, sometimes anything that the wire can carry. */
  long number(int usual) {
    if (!one(16)) {
      return below(usual);
    }
    long any = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      any = any << Byte.SIZE | below(256);
    }
    return (any >>> 1) % (Long.MAX_VALUE / 4);
  }
}
