package dev.livestream;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A rate of data, in bits per second.
 *
 * @param bitsPerSecond the rate; 0 to 1,000,000,000,000
 */
public record BitRate(long bitsPerSecond) implements Comparable<BitRate> {
  private static final long MAX = 1_000_000_000_000L;
  private static final long KILO = 1_000;
  private static final long MEGA = 1_000_000;
  private static final long GIGA = 1_000_000_000;

  /** No data at all; as a limit, see what the option says about it. */
  public static final BitRate ZERO = new BitRate(0);

  /**
   * Validates the range.
   *
   * @throws IllegalArgumentException if the rate is negative or above 1 Tbit/s
   */
  public BitRate {
    if (bitsPerSecond < 0 || bitsPerSecond > MAX) {
      throw new IllegalArgumentException(
          "A bit rate must be 0 to 1,000,000,000,000 bit/s, not " + bitsPerSecond + ".");
    }
  }

  /**
   * A rate in bits per second.
   *
   * @param bitsPerSecond 0 to 1,000,000,000,000
   * @return the rate
   */
  public static BitRate ofBits(long bitsPerSecond) {
    return new BitRate(bitsPerSecond);
  }

  /**
   * A rate in bytes per second.
   *
   * @param bytesPerSecond 0 to 125,000,000,000
   * @return the rate
   */
  public static BitRate ofBytes(long bytesPerSecond) {
    if (bytesPerSecond > MAX / Byte.SIZE) {
      throw new IllegalArgumentException(
          "A bit rate must be at most 125,000,000,000 bytes/s, not " + bytesPerSecond + ".");
    }
    return new BitRate(Math.multiplyExact(bytesPerSecond, (long) Byte.SIZE));
  }

  /**
   * A rate in thousands of bits per second.
   *
   * @param kilobitsPerSecond 0 to 1,000,000,000; fractions are kept to the bit
   * @return the rate
   */
  public static BitRate ofKilobits(double kilobitsPerSecond) {
    return scaled(kilobitsPerSecond, KILO);
  }

  /**
   * A rate in millions of bits per second.
   *
   * @param megabitsPerSecond 0 to 1,000,000; fractions are kept to the bit
   * @return the rate
   */
  public static BitRate ofMegabits(double megabitsPerSecond) {
    return scaled(megabitsPerSecond, MEGA);
  }

  /**
   * Reads a rate as people write it: a number, with a fraction if need be, and {@code k}, {@code M}
   * or {@code G} for thousands, millions and thousands of millions of bits per second. {@code
   * 800k}, {@code 2.5M} and {@code 2500000} are examples; case does not matter.
   *
   * @param text the text
   * @return the rate
   * @throws IllegalArgumentException with one sentence if it is not a rate
   */
  public static BitRate parse(String text) {
    String trimmed = text.trim().toLowerCase(Locale.ROOT);
    long unit = 1;
    String number = trimmed;
    if (!trimmed.isEmpty()) {
      unit =
          switch (trimmed.charAt(trimmed.length() - 1)) {
            case 'k' -> KILO;
            case 'm' -> MEGA;
            case 'g' -> GIGA;
            default -> 1;
          };
      number = unit == 1 ? trimmed : trimmed.substring(0, trimmed.length() - 1);
    }
    // Digits and a point only: BigDecimal would also take exponents, and exponents can be huge.
    if (!number.matches("[0-9]{1,13}(\\.[0-9]{1,9})?")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a bit rate; write for example 800k or 2.5M.");
    }
    return new BitRate(new BigDecimal(number).multiply(BigDecimal.valueOf(unit)).longValue());
  }

  /**
   * The rate in bytes per second, rounded down.
   *
   * @return bytes per second
   */
  public long bytesPerSecond() {
    return bitsPerSecond / Byte.SIZE;
  }

  @Override
  public int compareTo(BitRate other) {
    return Long.compare(bitsPerSecond, other.bitsPerSecond);
  }

  /**
   * Prints the rate so that {@link #parse} reads the same rate again.
   *
   * @return for example {@code 2.5M}, {@code 800k} or {@code 1234}
   */
  @Override
  public String toString() {
    if (bitsPerSecond >= MEGA) {
      return in(MEGA) + "M";
    }
    return bitsPerSecond >= KILO ? in(KILO) + "k" : Long.toString(bitsPerSecond);
  }

  private String in(long unit) {
    return BigDecimal.valueOf(bitsPerSecond)
        .divide(BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static BitRate scaled(double rate, long unit) {
    if (!(rate >= 0 && rate * unit <= MAX)) {
      throw new IllegalArgumentException(
          "A bit rate must be 0 to 1,000,000,000,000 bit/s, not " + rate + " times " + unit + ".");
    }
    return new BitRate(Math.round(rate * unit));
  }
}
