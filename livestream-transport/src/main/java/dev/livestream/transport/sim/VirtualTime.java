package dev.livestream.transport.sim;

import dev.livestream.spi.Ticker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only as events happen. Events run in order of their time, and in order of
 * scheduling where the time is the same, so that a run repeats exactly.
 *
 * <p>Why not one heap: a swarm of ten thousand keeps some hundred thousand events waiting, nearly
 * all due within a second, and takes some hundred million. So the near future is a calendar (Brown
 * 1988): a ring of {@value #RING} buckets of 64 microseconds each, where scheduling costs the same
 * however much is waiting; only the bucket being worked on is kept in a heap, small enough for the
 * processor's cache. What lies beyond the ring's four seconds waits in a second heap.
 *
 * <p>Not thread-safe.
 */
public final class VirtualTime implements Ticker {
  private static final int SHIFT = 6;
  private static final int RING = 1 << 16;
  private static final int MASK = RING - 1;

  private final EventHeap near = new EventHeap();
  private final EventHeap far = new EventHeap();
  private final @Nullable SimEvent[] ring = new SimEvent[RING];
  private final long[] occupied = new long[RING >>> 6];
  private int inRing;
  private long bucket;
  private long now;
  private long scheduled;
  private long events;

  /** Starts the clock at a moment, in microseconds since the Unix epoch. */
  public VirtualTime(long startMicros) {
    if (startMicros < 0) {
      throw new IllegalArgumentException("time starts at 0 or later, not at " + startMicros);
    }
    now = startMicros;
    bucket = startMicros >> SHIFT;
  }

  @Override
  public long nowMicros() {
    return now;
  }

  /** How many events have run. */
  public long events() {
    return events;
  }

  /** How many events wait. */
  public int pending() {
    return near.size() + far.size() + inRing;
  }

  /**
   * Lets an event happen at a moment, after those already scheduled for it.
   *
   * @param micros when; a moment that is past means now
   * @throws IllegalStateException if the event waits already
   */
  public void schedule(long micros, SimEvent event) {
    schedule(micros, scheduled++, event);
  }

  /**
   * Lets an event happen at a moment.
   *
   * @param order its place among those of the same moment, lowest first; no two may have the same
   */
  void schedule(long micros, long order, SimEvent event) {
    if (event.pending) {
      throw new IllegalStateException("an event can wait for one moment only");
    }
    long time = Math.max(micros, now);
    event.pending = true;
    event.due = time;
    event.order = order;
    long ahead = (time >> SHIFT) - bucket;
    if (ahead <= 0) {
      near.add(event);
    } else if (ahead < RING) {
      int slot = (int) (time >> SHIFT) & MASK;
      event.next = ring[slot];
      ring[slot] = event;
      occupied[slot >>> 6] |= 1L << slot;
      inRing++;
    } else {
      far.add(event);
    }
  }

  /** Runs everything due up to and including a moment, and stops the clock there. */
  public void runUntil(long micros) {
    SimEvent event = next();
    while (event != null && event.due <= micros) {
      run(event);
      event = next();
    }
    now = Math.max(now, micros);
  }

  /** Runs everything due before a moment, and leaves the clock at the last of it. */
  void runBefore(long micros) {
    SimEvent event = next();
    while (event != null && event.due < micros) {
      run(event);
      event = next();
    }
  }

  /** Sets the clock on to a moment before which nothing is due. */
  void advanceTo(long micros) {
    now = Math.max(now, micros);
  }

  /**
   * Runs the next event.
   *
   * @return false if none waits
   */
  public boolean step() {
    SimEvent event = next();
    if (event == null) {
      return false;
    }
    run(event);
    return true;
  }

  /** When the next event is due; {@link Long#MAX_VALUE} if none waits. */
  public long nextMicros() {
    SimEvent event = next();
    return event == null ? Long.MAX_VALUE : event.due;
  }

  /** Shows every waiting event, in no particular order. For audits. */
  public void forEachPending(Consumer<SimEvent> action) {
    near.forEach(action);
    far.forEach(action);
    for (SimEvent head : ring) {
      for (SimEvent event = head; event != null; event = event.next) {
        action.accept(event);
      }
    }
  }

  private void run(SimEvent event) {
    near.removeFirst();
    now = event.due;
    event.pending = false;
    events++;
    event.run();
  }

  private @Nullable SimEvent next() {
    if (near.size() == 0) {
      openNextBucket();
    }
    return near.first();
  }

  private void openNextBucket() {
    SimEvent farFirst = far.first();
    long farBucket = farFirst == null ? Long.MAX_VALUE : farFirst.due >> SHIFT;
    long ringBucket = inRing == 0 ? Long.MAX_VALUE : bucket + distanceToOccupied();
    long opened = Math.min(farBucket, ringBucket);
    if (opened == Long.MAX_VALUE) {
      return;
    }
    bucket = opened;
    if (ringBucket == opened) {
      int slot = (int) opened & MASK;
      SimEvent event = ring[slot];
      ring[slot] = null;
      occupied[slot >>> 6] &= ~(1L << slot);
      while (event != null) {
        SimEvent following = event.next;
        event.next = null;
        near.add(event);
        inRing--;
        event = following;
      }
    }
    while (farFirst != null && farFirst.due >> SHIFT <= opened) {
      far.removeFirst();
      near.add(farFirst);
      farFirst = far.first();
    }
  }

  /** How many buckets ahead the first one lies that holds anything. */
  private int distanceToOccupied() {
    int start = (int) (bucket + 1) & MASK;
    int word = start >>> 6;
    long bits = occupied[word] & (-1L << start);
    while (bits == 0) {
      word = (word + 1) & (occupied.length - 1);
      bits = occupied[word];
    }
    int slot = (word << 6) + Long.numberOfTrailingZeros(bits);
    return ((slot - start) & MASK) + 1;
  }
}
