package dev.livestream.transport.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Time of a network whose hosts are spread over several threads.
 *
 * <p>Nothing gets from one host to another faster than the network's least latency, the lookahead.
 * So hosts are dealt to shards, and time moves in windows: from the earliest event that waits
 * anywhere, every shard runs its own events for one lookahead, on whichever thread is free; then
 * all stop, hand over what they have sent each other, none of which is due in that window, and the
 * next window begins. (Chandy and Misra's conservative simulation, in the synchronous form of Nicol
 * 1993.) What acts on many hosts at once waits in a calendar of its own, {@link #world}; it ends a
 * window, and runs while all shards rest.
 *
 * <p>The number of threads changes nothing but the time that a run takes. A host touches only what
 * is its own; and events that are due at one moment run in the order of the host that caused them
 * and of its counting, never in that of threads.
 */
public final class ShardedTime implements AutoCloseable {
  /** Windows shorter than this cost more than a second thread brings. */
  private static final long SHORTEST_WINDOW = 500;

  private static final int MOST_THREADS = 64;

  /** Small shares, so that nobody waits long for who has the last. */
  private static final int SHARDS_PER_THREAD = 4;

  private final VirtualTime world;
  private final List<SimShard> shards = new ArrayList<>();
  private final Crew crew;
  private long lookahead = Long.MAX_VALUE;

  /**
   * Time that starts at a moment.
   *
   * @param startMicros in microseconds since the Unix epoch
   * @param threads on how many threads hosts may run, the caller's included; 1 to 64. A network
   *     that delays hardly anything uses one
   */
  public ShardedTime(long startMicros, int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException("threads must be 1 to 64, not " + threads);
    }
    world = new VirtualTime(startMicros);
    int count = threads == 1 ? 1 : threads * SHARDS_PER_THREAD;
    for (int i = 0; i < count; i++) {
      shards.add(new SimShard(i, count, new VirtualTime(startMicros)));
    }
    crew = new Crew(shards, threads);
  }

  /** The shards for the hosts of a network, which says how long anything needs between two. */
  List<SimShard> shardsFor(long leastLatencyMicros) {
    if (lookahead != Long.MAX_VALUE) {
      throw new IllegalStateException("this time belongs to another network");
    }
    lookahead = leastLatencyMicros;
    if (lookahead < SHORTEST_WINDOW) {
      shards.subList(1, shards.size()).clear();
    }
    return shards;
  }

  /** What concerns more than one host: runs alone, before anything else that is due then. */
  public VirtualTime world() {
    return world;
  }

  /** How many events have run. */
  public long events() {
    long events = world.events();
    for (SimShard shard : shards) {
      events += shard.time().events();
    }
    return events;
  }

  /**
   * Runs everything due up to and including a moment, and stops the clocks there.
   *
   * @throws RuntimeException what an event has thrown; nothing can be run after that
   */
  public void runUntil(long micros) {
    while (true) {
      shards.forEach(shard -> shard.handOver(shards));
      long earliest = earliest();
      long alone = world.nextMicros();
      if (Math.min(earliest, alone) > micros) {
        break;
      }
      if (alone <= earliest) {
        shards.forEach(shard -> shard.advanceTo(alone));
        world.runUntil(alone);
      } else {
        crew.runBefore(Math.min(windowEnd(earliest), Math.min(alone, micros + 1)));
      }
    }
    shards.forEach(shard -> shard.advanceTo(micros));
    world.runUntil(micros);
  }

  private long earliest() {
    long earliest = Long.MAX_VALUE;
    for (SimShard shard : shards) {
      earliest = Math.min(earliest, shard.time().nextMicros());
    }
    return earliest;
  }

  // A shard that has nobody beside it need not wait for anybody.
  private long windowEnd(long earliest) {
    return shards.size() == 1 ? Long.MAX_VALUE : earliest + lookahead;
  }

  /** Ends the threads. */
  @Override
  public void close() {
    crew.close();
  }
}
