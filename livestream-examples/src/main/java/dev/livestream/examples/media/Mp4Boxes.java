package dev.livestream.examples.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Walks the boxes of an ISO base media file (ISO/IEC 14496-12) in memory. */
final class Mp4Boxes {
  static final int HEADER_BYTES = 8;

  private Mp4Boxes() {}

  /**
   * A box.
   *
   * @param type its four-character code
   * @param body what is inside, from position to limit
   */
  record Box(String type, ByteBuffer body) {
    /** The boxes directly inside, from an offset in the body on. */
    List<Box> children(int offset) throws MediaFormatException {
      ByteBuffer inside = body.duplicate();
      if (offset > inside.remaining()) {
        throw new MediaFormatException("an MP4 box '" + type + "' is too short");
      }
      return list(inside.position(inside.position() + offset));
    }

    /** The boxes directly inside. */
    List<Box> children() throws MediaFormatException {
      return children(0);
    }
  }

  static String type(int code) {
    byte[] name = ByteBuffer.allocate(Integer.BYTES).putInt(code).array();
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  static List<Box> list(ByteBuffer bytes) throws MediaFormatException {
    List<Box> boxes = new ArrayList<>();
    ByteBuffer rest = bytes.slice();
    while (rest.remaining() >= HEADER_BYTES) {
      int size = rest.getInt(rest.position());
      String type = type(rest.getInt(rest.position() + Integer.BYTES));
      if (size < HEADER_BYTES || size > rest.remaining()) {
        throw new MediaFormatException("an MP4 box '" + type + "' has a wrong size");
      }
      boxes.add(new Box(type, rest.slice(rest.position() + HEADER_BYTES, size - HEADER_BYTES)));
      rest.position(rest.position() + size);
    }
    return boxes;
  }

  /** All boxes that a path leads to. */
  static List<Box> find(List<Box> boxes, String... path) throws MediaFormatException {
    List<Box> found = boxes;
    for (int i = 0; i < path.length; i++) {
      List<Box> next = new ArrayList<>();
      for (Box box : found) {
        if (i == 0 && box.type().equals(path[0])) {
          next.add(box);
        } else if (i > 0) {
          for (Box child : box.children()) {
            if (child.type().equals(path[i])) {
              next.add(child);
            }
          }
        }
      }
      found = next;
    }
    return found;
  }
}
