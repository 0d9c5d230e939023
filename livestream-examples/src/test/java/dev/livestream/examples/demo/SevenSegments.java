package dev.livestream.examples.demo;

import java.util.Map;

/** Reads the clock off a grey picture of 640 by 360, knowing only where its digits stand. */
final class SevenSegments {
  private static final int TOP = 300;
  private static final int[] LEFTS = {392, 418, 456, 482, 520, 546, 584};

  /** Upper, middle, lower; upper left, upper right, lower left, lower right. */
  private static final Map<String, Character> DIGITS =
      Map.of(
          "1011111", '0',
          "0000101", '1',
          "1110110", '2',
          "1110101", '3',
          "0101101", '4',
          "1111001", '5',
          "1111011", '6',
          "1000101", '7',
          "1111111", '8',
          "1111101", '9');

  private SevenSegments() {}

  static String read(byte[] picture) {
    StringBuilder text = new StringBuilder();
    for (int left : LEFTS) {
      int[][] points = {{9, 2}, {9, 17}, {9, 32}, {1, 10}, {16, 10}, {1, 24}, {16, 24}};
      StringBuilder lit = new StringBuilder();
      for (int[] point : points) {
        int grey = picture[(TOP + point[1]) * 640 + left + point[0]] & 0xff;
        lit.append(grey > 128 ? '1' : '0');
      }
      text.append(DIGITS.getOrDefault(lit.toString(), '?'));
    }
    return text.toString();
  }
}
