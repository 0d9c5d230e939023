package dev.livestream.examples.media;

/**
 * One packet of an MPEG transport stream (ISO/IEC 13818-1, section 2.4.3), seen where it lies.
 * Every offset that comes out of it stays inside the packet, whatever the bytes say.
 */
final class TsPacket {
  static final int BYTES = 188;
  static final byte SYNC = 0x47;

  /** Program clock references count at 27 MHz and wrap here. */
  static final long PCR_WRAP = (1L << 33) * 300;

  private static final int HEADER_BYTES = 4;
  private static final int PCR_FIELD_BYTES = 7;

  private final byte[] bytes;
  private final int start;

  TsPacket(byte[] bytes, int start) {
    this.bytes = bytes;
    this.start = start;
  }

  int at(int offset) {
    return bytes[start + offset] & 0xff;
  }

  int pid() {
    return (at(1) & 0x1f) << 8 | at(2);
  }

  /** Whether a PES packet or a table section begins in it. */
  boolean unitStart() {
    return (at(1) & 0x40) != 0;
  }

  boolean discontinuity() {
    return adaptationBytes() > 0 && (at(5) & 0x80) != 0;
  }

  boolean randomAccess() {
    return adaptationBytes() > 0 && (at(5) & 0x40) != 0;
  }

  /** The program clock reference at 27 MHz, or -1. */
  long pcr() {
    if (adaptationBytes() < PCR_FIELD_BYTES || (at(5) & 0x10) == 0) {
      return -1;
    }
    long base =
        (long) at(6) << 25
            | (long) at(7) << 17
            | (long) at(8) << 9
            | (long) at(9) << 1
            | at(10) >> 7;
    int extension = (at(10) & 1) << 8 | at(11);
    return base * 300 + extension;
  }

  /** Where the payload begins; {@link #BYTES} if there is none. */
  int payload() {
    if ((at(3) & 0x10) == 0) {
      return BYTES;
    }
    boolean adapted = (at(3) & 0x20) != 0;
    return Math.min(BYTES, adapted ? HEADER_BYTES + 1 + at(4) : HEADER_BYTES);
  }

  private int adaptationBytes() {
    return (at(3) & 0x20) != 0 ? Math.min(at(4), BYTES - HEADER_BYTES - 1) : 0;
  }

  /**
   * The decoding time of the PES packet that begins here, at 90 kHz; its presentation time where
   * the two are the same; -1 if it has none.
   */
  long decodingTime() {
    int pes = payload();
    if (!unitStart() || pes + 14 > BYTES || at(pes) != 0 || at(pes + 1) != 0 || at(pes + 2) != 1) {
      return -1;
    }
    int flags = at(pes + 7) >> 6;
    if (flags == 3 && pes + 19 <= BYTES) {
      return timestamp(pes + 14);
    }
    return flags == 2 ? timestamp(pes + 9) : -1;
  }

  private long timestamp(int offset) {
    return (long) (at(offset) >> 1 & 7) << 30
        | (long) at(offset + 1) << 22
        | (long) (at(offset + 2) >> 1) << 15
        | (long) at(offset + 3) << 7
        | at(offset + 4) >> 1;
  }
}
