package dev.livestream.benchmarks.swarm;

import dev.livestream.benchmarks.swarm.measure.Histogram;
import dev.livestream.benchmarks.swarm.measure.PublishedStream;
import dev.livestream.benchmarks.swarm.measure.ViewerRecord;
import dev.livestream.transport.sim.SimHost;
import java.util.ArrayList;
import java.util.List;

/**
 * What the viewers of one shard tell while a run goes on. Each thread has a tally of its own; sums
 * do not depend on which viewer told which.
 */
final class Tally implements ViewerRecord.Clock {
  private final Bookkeeping books;
  private final SimHost host;
  private final List<Histogram> delays = new ArrayList<>();
  private long mediaDelivered;
  private long mediaDuplicated;

  /** An empty tally for the shard of a host. */
  Tally(Bookkeeping books, SimHost host) {
    this.books = books;
    this.host = host;
    books.seconds().forEach(second -> delays.add(new Histogram()));
  }

  @Override
  public long nowMicros() {
    return host.nowMicros();
  }

  @Override
  public long measuredFrom() {
    return books.measuredFrom();
  }

  @Override
  public long playoutDelayMicros() {
    return books.playoutDelayMicros();
  }

  @Override
  public PublishedStream published() {
    return books.published();
  }

  @Override
  public void delayed(long writtenMicros, long delayMicros) {
    delays.get(books.secondOf(writtenMicros)).add(delayMicros);
  }

  @Override
  public void delivered(int payloadBytes) {
    mediaDelivered += payloadBytes;
  }

  @Override
  public void duplicated(int payloadBytes) {
    mediaDuplicated += payloadBytes;
  }

  /** Delays of what was written in a second of the run. */
  Histogram delays(int second) {
    return delays.get(second);
  }

  long mediaDelivered() {
    return mediaDelivered;
  }

  long mediaDuplicated() {
    return mediaDuplicated;
  }
}
