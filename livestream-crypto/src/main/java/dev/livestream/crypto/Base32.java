package dev.livestream.crypto;

import java.util.Arrays;

/**
 * Base32 of RFC 4648 in lower case and without padding: the form in which identities are printed.
 *
 * <p>Decoding is strict, so that each byte string has exactly one printed form: upper case,
 * padding, white space, impossible lengths and non-zero spare bits are refused.
 */
public final class Base32 {
  private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
  private static final byte[] VALUES = values();

  private Base32() {}

  /**
   * Encodes bytes.
   *
   * @param bytes any bytes, also none
   * @return the text, of length {@code ceil(8 * bytes.length / 5)}
   */
  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET[(buffer >>> bits) & 31]);
      }
    }
    if (bits > 0) {
      text.append(ALPHABET[(buffer << (5 - bits)) & 31]);
    }
    return text.toString();
  }

  /**
   * Decodes text.
   *
   * @param text what {@link #encode} printed
   * @return the bytes
   * @throws IllegalArgumentException if the text is not canonical, with one sentence saying why
   */
  public static byte[] decode(String text) {
    int spareBits = text.length() * 5 & 7;
    if (spareBits >= 5) {
      throw new IllegalArgumentException("No base32 text has " + text.length() + " characters.");
    }
    byte[] bytes = new byte[(int) (text.length() * 5L / 8)];
    int buffer = 0;
    int bits = 0;
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = c < VALUES.length ? VALUES[c] : -1;
      if (value < 0) {
        throw new IllegalArgumentException(
            "Character " + (i + 1) + " is not in a-z or 2-7, the lower-case base32 alphabet.");
      }
      buffer = (buffer << 5) | value;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[length++] = (byte) (buffer >>> bits);
      }
    }
    if ((buffer & ((1 << spareBits) - 1)) != 0) {
      throw new IllegalArgumentException("The last character of the base32 text is not canonical.");
    }
    return bytes;
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length; i++) {
      values[ALPHABET[i]] = (byte) i;
    }
    return values;
  }
}
