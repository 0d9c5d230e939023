package dev.livestream.transport.sim;

import org.jspecify.annotations.Nullable;

/**
 * The chunks of one connection that have not left the uplink: a list through the trains themselves,
 * because most connections have none and few have more than two.
 */
final class UnsentChunks {
  private @Nullable Train latest;
  private long bytes;

  /** Bytes on the wire that they will take. */
  long bytes() {
    return bytes;
  }

  void add(Train train) {
    train.nextOfConnection = latest;
    latest = train;
    bytes += train.wireBytes;
  }

  /** The chunk that still waits for its turn under a name; null if it is on the wire, or gone. */
  @Nullable Train waiting(long transfer) {
    for (Train train = latest; train != null; train = train.nextOfConnection) {
      if (train.transfer == transfer && train.queued) {
        return train;
      }
    }
    return null;
  }

  void remove(Train train) {
    Train after = null;
    for (Train t = latest; t != null; t = t.nextOfConnection) {
      if (t == train) {
        bytes -= train.wireBytes;
        if (after == null) {
          latest = t.nextOfConnection;
        } else {
          after.nextOfConnection = t.nextOfConnection;
        }
        t.nextOfConnection = null;
        return;
      }
      after = t;
    }
  }

  /** Takes all out; those that wait lose their place in the host's queue. */
  void clear(SimHost host) {
    Train train = latest;
    latest = null;
    bytes = 0;
    while (train != null) {
      host.forget(train);
      Train following = train.nextOfConnection;
      train.nextOfConnection = null;
      train = following;
    }
  }
}
