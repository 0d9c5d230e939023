package dev.livestream.benchmarks.jmh;

import dev.livestream.crypto.Verdict;
import dev.livestream.engine.Authenticator;

/** Makes sure that what is timed is the good case. */
final class Verification {
  private Verification() {}

  /** Shows a stream's manifest, whose certificate the chunks need. */
  static void introduce(Authenticator authenticator, SampleStream stream) {
    if (!authenticator.accept(stream.manifest(), SampleStream.START_MICROS)) {
      throw new IllegalStateException("the sample manifest is refused");
    }
  }

  /** Throws unless a chunk was found genuine. */
  static void require(Verdict verdict) {
    if (verdict != Verdict.VERIFIED) {
      throw new IllegalStateException("a sample chunk is " + verdict);
    }
  }
}
