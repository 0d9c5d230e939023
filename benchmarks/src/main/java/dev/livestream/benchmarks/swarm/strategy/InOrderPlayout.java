package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.benchmarks.swarm.measure.PublishedStream;
import dev.livestream.transport.sim.SimEvent;
import dev.livestream.transport.sim.SimHost;
import java.util.BitSet;

/**
 * The play-out of the yardsticks: chunks in order, each as soon as those before it are there; one
 * that is missing at its deadline is skipped. Starts at the key frame of the first chunk that
 * comes.
 */
final class InOrderPlayout extends SimEvent {
  private final World world;
  private final SimHost host;
  private final Reader reader;
  private final BitSet held = new BitSet();
  private final long delay;
  private int next = -1;
  private long startedAt;

  InOrderPlayout(World world, SimPeer self) {
    this.world = world;
    this.host = self.host();
    this.reader = self.reader();
    this.delay = world.scenario().playoutDelayMs() * 1_000L;
  }

  boolean holds(int index) {
    return held.get(index);
  }

  /** The first chunk that is not there yet; -1 before anything is. */
  int next() {
    return next;
  }

  /** What is held, never to be changed by the caller. */
  BitSet held() {
    return held;
  }

  /** A chunk has come; says whether it is new. */
  boolean add(int index) {
    if (held.get(index)) {
      return false;
    }
    held.set(index);
    if (next < 0) {
      next = Math.max(0, index - published().chunk(index).meta().keyFrameDistance());
      startedAt = host.nowMicros();
    }
    release();
    return true;
  }

  private PublishedStream published() {
    return world.published();
  }

  private void release() {
    long now = host.nowMicros();
    while (held.get(next)) {
      reader.ready(published().chunk(next), now);
      next++;
    }
    // Something later is there already: wait for the missing one only until its deadline.
    if (!isPending() && held.nextSetBit(next) >= 0) {
      host.schedule(deadline(next), this);
    }
  }

  /** Until when a chunk is waited for; what was written before the start has as long as it. */
  long deadline(int index) {
    long since = next < 0 ? host.nowMicros() : startedAt;
    return Math.max(published().writtenMicros(index), since) + delay;
  }

  @Override
  protected void run() {
    long now = host.nowMicros();
    while (next < published().size() && !held.get(next) && deadline(next) <= now) {
      long sequence = published().chunk(next).sequence();
      reader.gap(published().chunk(next).epoch(), sequence, sequence + 1);
      next++;
    }
    release();
  }
}
