package dev.livestream.examples.media;

/**
 * Turns a transport stream's clock into microseconds since the start that never run backwards.
 *
 * <p>Program clock references lead. They come up to 100 ms apart, so between two of them the
 * decoding times of the pictures fill in. A wrap is followed; a discontinuity (announced, or a jump
 * of more than ten seconds either way, as where a file is repeated) restarts the count where it is.
 */
final class TsClock {
  private static final long JUMP_MICROS = 10_000_000;
  private static final long LONGEST_FRAME_MICROS = 1_000_000;
  private static final long DTS_WRAP = 1L << 33;

  private long micros;
  private long lastPcr = -1;
  private long pcrMicros;
  private long lastDts = -1;

  /** Whether there was a reference yet. */
  boolean running() {
    return lastPcr >= 0;
  }

  /** The time reached. */
  long micros() {
    return micros;
  }

  void reference(long pcr, boolean discontinuity) {
    if (lastPcr >= 0) {
      long step = Math.floorMod(pcr - lastPcr, TsPacket.PCR_WRAP) / 27;
      boolean jump = discontinuity || step > JUMP_MICROS;
      pcrMicros = jump ? micros : pcrMicros + step;
      micros = Math.max(micros, pcrMicros);
    }
    lastPcr = pcr;
  }

  void decodingTime(long dts, boolean hasReference) {
    if (lastDts >= 0 && !hasReference) {
      long step = Math.floorMod(dts - lastDts, DTS_WRAP) * 100 / 9;
      micros += step <= LONGEST_FRAME_MICROS ? step : 0;
    }
    lastDts = dts;
  }
}
