package dev.livestream.transport.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Some of a network's hosts, and all that they need to run by themselves for a while: a clock, a
 * calendar of events, byte accounts, trains to use again. One thread at a time works on a shard.
 *
 * <p>What goes to a host of another shard is put into that shard's tray, and handed over when both
 * rest.
 */
final class SimShard {
  private static final int POOL = 1 << 16;

  private final int index;
  private final VirtualTime time;
  private final ByteAccounts accounts = new ByteAccounts();
  private final List<Train> pool = new ArrayList<>();
  private final List<List<SimEvent>> trays = new ArrayList<>();
  private long windowEnd;

  /** One of so many shards that share a network. */
  SimShard(int index, int shards, VirtualTime time) {
    this.index = index;
    this.time = time;
    for (int i = 0; i < shards; i++) {
      trays.add(new ArrayList<>());
    }
  }

  int index() {
    return index;
  }

  VirtualTime time() {
    return time;
  }

  /** What became of the bytes that its hosts saw leave, arrive or get lost. */
  ByteAccounts accounts() {
    return accounts;
  }

  /** Runs what is due before a moment. Others do the same meanwhile, and send nothing earlier. */
  void runBefore(long endMicros) {
    windowEnd = endMicros;
    time.runBefore(endMicros);
  }

  /** Nothing is due before a moment: it is now. */
  void advanceTo(long micros) {
    windowEnd = micros;
    time.advanceTo(micros);
  }

  /**
   * Lets an event happen on a host of any shard.
   *
   * @throws IllegalStateException if that host may have lived through the moment already
   */
  void send(SimShard to, long micros, long order, SimEvent event) {
    if (to == this) {
      time.schedule(micros, order, event);
      return;
    }
    if (micros < windowEnd) {
      throw new IllegalStateException(
          "an event at " + micros + " for another shard, which is at " + windowEnd + " already");
    }
    event.due = micros;
    event.order = order;
    trays.get(to.index).add(event);
  }

  /** Hands over what was sent to other shards. While it and they rest. */
  void handOver(List<SimShard> shards) {
    for (SimShard to : shards) {
      List<SimEvent> tray = trays.get(to.index);
      for (int i = 0; i < tray.size(); i++) {
        SimEvent event = tray.get(i);
        to.time.schedule(event.due, event.order, event);
      }
      tray.clear();
    }
  }

  /** A train for a connection that starts on this shard. */
  Train take(SimConnection connection) {
    int last = pool.size() - 1;
    if (last < 0) {
      return new Train(connection);
    }
    Train train = pool.remove(last);
    train.from = connection;
    return train;
  }

  /** A train has ended on this shard. */
  void release(Train train) {
    train.frame = null;
    if (pool.size() < POOL) {
      pool.add(train);
    }
  }
}
