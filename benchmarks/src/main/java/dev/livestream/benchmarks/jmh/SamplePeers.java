package dev.livestream.benchmarks.jmh;

import dev.livestream.crypto.PeerIdentity;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.PeerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Peers with keys, addresses and genuine records; the same in every run. */
final class SamplePeers {
  private static final int PORT = 4_000;

  private SamplePeers() {}

  /** Some records, all different. */
  static List<PeerRecord> records(int count) {
    Random random = new Random(2);
    List<PeerRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] seed = new byte[32];
      random.nextBytes(seed);
      PeerAddress address = new PeerAddress("10.0.0." + (i + 1), PORT);
      records.add(PeerRecord.sign(PeerIdentity.fromSeed(seed), List.of(address), 1, false));
    }
    return records;
  }
}
