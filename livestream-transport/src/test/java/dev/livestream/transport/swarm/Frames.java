package dev.livestream.transport.swarm;

import dev.livestream.wire.Manifest;
import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import dev.livestream.wire.PeerRecord;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Bytes of frames that no codec would write. */
final class Frames {
  private static final int SIGNATURE_BYTES = 64;

  private Frames() {}

  /** A control frame with one message whose kind has a number. */
  static byte[] messageOfKind(int number, byte[] content) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    varint(message, (long) number << 3 | 2);
    varint(message, content.length);
    message.writeBytes(content);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    varint(frame, 1 << 3 | 2);
    varint(frame, message.size());
    frame.writeBytes(message.toByteArray());
    return frame.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** A record's signature: the last bytes of a frame that ends in it. */
  static byte[] signatureOf(PeerRecord record) {
    byte[] frame =
        MessageCodec.encode(List.of(new Message.Shuffle(List.of(record), false))).array();
    return Arrays.copyOfRange(frame, frame.length - SIGNATURE_BYTES, frame.length);
  }

  /** Where bytes first occur in others. */
  static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not a part of it");
  }

  /** A manifest's frame with another version in its body, which the signature does not fit. */
  static byte[] withLaterVersion(Manifest manifest) {
    byte[] frame = MessageCodec.encode(List.of(new Message.ManifestUpdate(manifest))).array();
    int at = indexOf(frame, manifest.body());
    at += 2 + manifest.channel().bytes().length;
    at = afterVarint(frame, at + 1);
    if (frame[at] == 3 << 3) {
      at = afterVarint(frame, at + 1);
    }
    if (frame[at] != 4 << 3) {
      throw new AssertionError("the version is not where it should be");
    }
    frame[at + 1] = 0x7f;
    return frame;
  }

  private static int afterVarint(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] < 0) {
      at++;
    }
    return at + 1;
  }

  /** Puts other bytes of the same length wherever some occur. */
  static void replaceAll(byte[] bytes, byte[] old, byte[] fresh) {
    for (int i = 0; i + old.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + old.length, old, 0, old.length)) {
        System.arraycopy(fresh, 0, bytes, i, fresh.length);
      }
    }
  }
}
