package dev.livestream;

import dev.livestream.crypto.Base32;
import dev.livestream.crypto.ChannelId;
import dev.livestream.spi.PeerAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes inside a link: version (1), total length (2), channel (32), number of hints (1), for
 * each hint the host's length (1), the host in ASCII and the port (2), and a CRC-32C over all that
 * precedes it (4). Big endian.
 *
 * <p>The length comes early, so that a link that lost its end can be told from one with a typing
 * error. The checksum is against accidents only: what the channel signs needs no trust in the link.
 */
final class LinkFormat {
  private static final int VERSION = 1;
  private static final int PREFIX_BYTES = 3;
  private static final int CHECKSUM_BYTES = 4;
  private static final int MIN_BYTES = PREFIX_BYTES + ChannelId.BYTES + 1 + CHECKSUM_BYTES;
  private static final int MAX_BYTES = MIN_BYTES + StreamLink.MAX_HINTS * (1 + 253 + 2);

  private LinkFormat() {}

  static byte[] encode(StreamLink link) {
    ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
    out.put((byte) VERSION).putShort((short) 0).put(link.channel().bytes());
    out.put((byte) link.hints().size());
    for (PeerAddress hint : link.hints()) {
      byte[] host = hint.host().getBytes(StandardCharsets.US_ASCII);
      out.put((byte) host.length).put(host).putShort((short) hint.port());
    }
    int length = out.position() + CHECKSUM_BYTES;
    out.putShort(1, (short) length);
    out.putInt(checksum(out.array(), out.position()));
    byte[] bytes = new byte[length];
    out.get(0, bytes);
    return bytes;
  }

  static StreamLink decode(String token) {
    byte[] bytes = bytes(token);
    if (bytes.length < PREFIX_BYTES) {
      throw cutOff();
    }
    int length = ByteBuffer.wrap(bytes).getShort(1) & 0xffff;
    if (token.length() < (length * Byte.SIZE + 4) / 5) {
      throw cutOff();
    }
    if (length != bytes.length
        || length < MIN_BYTES
        || ByteBuffer.wrap(bytes).getInt(length - CHECKSUM_BYTES)
            != checksum(bytes, length - CHECKSUM_BYTES)) {
      throw damaged();
    }
    // Every version has its length and checksum in the same places, so that a typing error in the
    // version is not taken for a newer program's link.
    if (bytes[0] != VERSION) {
      throw new InvalidLinkException(
          "The link is of version "
              + (bytes[0] & 0xff)
              + ", made by a newer program; this one knows version "
              + VERSION
              + ".");
    }
    return body(ByteBuffer.wrap(bytes).position(PREFIX_BYTES).limit(length - CHECKSUM_BYTES));
  }

  private static StreamLink body(ByteBuffer in) {
    try {
      byte[] channel = new byte[ChannelId.BYTES];
      in.get(channel);
      int count = in.get() & 0xff;
      List<PeerAddress> hints = new ArrayList<>();
      for (int i = 0; i < count && i <= StreamLink.MAX_HINTS; i++) {
        byte[] host = new byte[in.get() & 0xff];
        in.get(host);
        hints.add(
            new PeerAddress(new String(host, StandardCharsets.US_ASCII), in.getShort() & 0xffff));
      }
      if (in.hasRemaining()) {
        throw damaged();
      }
      return StreamLink.of(ChannelId.of(channel), hints);
    } catch (BufferUnderflowException e) {
      throw damaged();
    } catch (InvalidLinkException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidLinkException("The link cannot be used: " + e.getMessage());
    }
  }

  private static byte[] bytes(String token) {
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '2' || c > '7')) {
        throw new InvalidLinkException(
            "The link is damaged: character "
                + (i + 1)
                + " after 'livestream:' has no place there.");
      }
    }
    try {
      return Base32.decode(token);
    } catch (IllegalArgumentException e) {
      // No bytes end like this. Groups of eight characters always stand for whole bytes, and the
      // first group tells how long the link should be.
      return Base32.decode(token.substring(0, token.length() / 8 * 8));
    }
  }

  private static InvalidLinkException cutOff() {
    return new InvalidLinkException("The link is cut off: its end is missing.");
  }

  private static InvalidLinkException damaged() {
    return new InvalidLinkException(
        "The link is damaged: its checksum is wrong, so a character was changed or lost.");
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
