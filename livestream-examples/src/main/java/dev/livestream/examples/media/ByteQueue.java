package dev.livestream.examples.media;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that wait to be understood: added at the end, taken from the front. */
final class ByteQueue {
  private static final int INITIAL_BYTES = 4096;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int start;
  private int end;

  int size() {
    return end - start;
  }

  void add(byte[] source, int offset, int length) {
    if (bytes.length - end < length) {
      int size = size();
      byte[] target =
          size + length > bytes.length
              ? new byte[Math.max(2 * bytes.length, size + length)]
              : bytes;
      System.arraycopy(bytes, start, target, 0, size);
      bytes = target;
      start = 0;
      end = size;
    }
    System.arraycopy(source, offset, bytes, end, length);
    end += length;
  }

  byte get(int index) {
    return bytes[start + index];
  }

  /** The array that holds the bytes; they begin at {@link #position}. Valid until the next add. */
  byte[] array() {
    return bytes;
  }

  int position() {
    return start;
  }

  int int32(int index) {
    return ByteBuffer.wrap(bytes).getInt(start + index);
  }

  long int64(int index) {
    return ByteBuffer.wrap(bytes).getLong(start + index);
  }

  /** Removes bytes from the front and returns them. */
  byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
    skip(count);
    return taken;
  }

  void skip(int count) {
    start += count;
  }

  void clear() {
    start = 0;
    end = 0;
  }
}
