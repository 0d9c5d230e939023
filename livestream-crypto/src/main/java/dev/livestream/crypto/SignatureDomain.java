package dev.livestream.crypto;

import java.nio.charset.StandardCharsets;

/**
 * What a signature is about. No signature made in one domain is valid in another.
 *
 * <p>The bytes that are signed are: one byte with the length of the domain's ASCII name, the name,
 * then the message. The length prefix makes the split between name and message unambiguous.
 */
public enum SignatureDomain {
  /** A {@link SessionCertificate}, signed by the channel key. */
  CERTIFICATE("livestream/certificate/1"),
  /** The Merkle root of a batch of chunks, signed by a session key. */
  BATCH_ROOT("livestream/batch-root/1"),
  /** The description of a stream, its header included, signed by a session key. */
  MANIFEST("livestream/manifest/1"),
  /** A peer's addresses, signed by that peer. */
  PEER_RECORD("livestream/peer-record/1");

  private final String text;

  SignatureDomain(String text) {
    this.text = text;
  }

  /**
   * The name that is signed along.
   *
   * @return ASCII text of at most 127 characters, part of the protocol
   */
  public String text() {
    return text;
  }

  byte[] signingInput(byte[] message) {
    byte[] name = text.getBytes(StandardCharsets.US_ASCII);
    byte[] input = new byte[1 + name.length + message.length];
    input[0] = (byte) name.length;
    System.arraycopy(name, 0, input, 1, name.length);
    System.arraycopy(message, 0, input, 1 + name.length, message.length);
    return input;
  }
}
