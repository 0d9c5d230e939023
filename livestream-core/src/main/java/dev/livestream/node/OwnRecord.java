package dev.livestream.node;

import dev.livestream.wire.PeerRecord;
import java.util.concurrent.TimeUnit;

/** Signs this peer's record of one stream, each time later than the last. */
final class OwnRecord {
  private static final long RESIGN_MICROS = 10_000_000;

  private final Node node;
  private final boolean leaf;
  private long issuedAtSeconds;
  private long signedAtMicros;
  private boolean withoutAddress = true;

  OwnRecord(Node node, boolean leaf) {
    this.node = node;
    this.leaf = leaf;
  }

  /** The record as it is now. */
  PeerRecord sign() {
    long now = node.loop().nowMicros();
    // Of two records the later wins, so no two may be of the same second.
    issuedAtSeconds = Math.max(issuedAtSeconds + 1, TimeUnit.MICROSECONDS.toSeconds(now));
    signedAtMicros = now;
    PeerRecord record =
        PeerRecord.sign(node.identity(), node.addresses().forRecord(), issuedAtSeconds, leaf);
    withoutAddress = record.addresses().isEmpty();
    return record;
  }

  /**
   * How long to wait before it may be signed anew, so that peers are not bothered too often. A
   * first address does not wait: without one nobody can reach this peer.
   */
  long waitMicros() {
    return withoutAddress
        ? 0
        : Math.max(0, signedAtMicros + RESIGN_MICROS - node.loop().nowMicros());
  }
}
