package dev.livestream.benchmarks.jmh;

import dev.livestream.crypto.Verdict;
import dev.livestream.engine.Authenticator;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.PeerRecord;

/** Checks nothing, so that an engine can be timed without the signatures. */
final class BelievesAll implements Authenticator {
  @Override
  public boolean accept(Manifest manifest, long nowMicros) {
    return true;
  }

  @Override
  public Verdict verify(Chunk chunk, long nowMicros) {
    return Verdict.VERIFIED;
  }

  @Override
  public boolean isGenuine(PeerRecord record) {
    return true;
  }

  @Override
  public void forgetBefore(long epoch, long sequence) {
    // Nothing was remembered.
  }
}
