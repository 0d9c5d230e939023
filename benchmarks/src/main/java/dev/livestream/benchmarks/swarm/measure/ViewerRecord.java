package dev.livestream.benchmarks.swarm.measure;

import dev.livestream.benchmarks.swarm.strategy.Reader;
import dev.livestream.wire.Chunk;
import java.util.BitSet;

/**
 * What one viewer got, chunk by chunk. Also the judge of its play-out: a chunk that the broadcaster
 * did not write, one that comes twice or out of order, or one left out without a word ends the run.
 */
public final class ViewerRecord implements Reader {
  private final Clock clock;
  private final int number;
  private final int uplinkClass;
  private final boolean leaf;
  private final long joinedMicros;
  private long goneMicros = Long.MAX_VALUE;
  private boolean partitioned;

  private int first = -1;
  private int next = -1;
  private long firstReadyMicros = -1;
  private final BitSet inTime = new BitSet();
  private final BitSet seen = new BitSet();
  private final Histogram delays = new Histogram();
  private long late;
  private long duplicateBytes;
  private long uploadedBefore;
  private long uploaded;

  /** What the record needs to know of the run. */
  public interface Clock {
    /** Now. */
    long nowMicros();

    /** When measuring begins. */
    long measuredFrom();

    /** The longest a chunk may take. */
    long playoutDelayMicros();

    /** The chunks to compare with. */
    PublishedStream published();

    /** A delay that counts, for the time line. */
    void delayed(long writtenMicros, long delayMicros);

    /** Media that came to a reader in measured time. */
    void delivered(int payloadBytes);

    /** Media that came again in measured time. */
    void duplicated(int payloadBytes);
  }

  /** A viewer that comes now. */
  public ViewerRecord(Clock clock, int number, int uplinkClass, boolean leaf) {
    this.clock = clock;
    this.number = number;
    this.uplinkClass = uplinkClass;
    this.leaf = leaf;
    this.joinedMicros = clock.nowMicros();
  }

  @Override
  public void received(Chunk chunk) {
    int index = clock.published().index(chunk);
    if (index < 0 || index >= clock.published().size()) {
      return;
    }
    if (seen.get(index)) {
      duplicateBytes += chunk.payloadBytes();
      if (clock.nowMicros() >= clock.measuredFrom()) {
        clock.duplicated(chunk.payloadBytes());
      }
    }
    seen.set(index);
  }

  @Override
  public void ready(Chunk chunk, long readyMicros) {
    PublishedStream published = clock.published();
    int index = published.index(chunk);
    if (index < 0 || index >= published.size() || !isGenuine(published.chunk(index), chunk)) {
      throw broken("plays " + chunk + ", which the broadcaster did not write");
    }
    if (first < 0) {
      first = index;
      next = index;
      firstReadyMicros = readyMicros;
    }
    boolean newEpoch = chunk.epoch() > published.chunk(Math.max(0, next - 1)).epoch();
    if (index < next || (index > next && !newEpoch)) {
      throw broken("plays chunk " + index + " of the run where " + next + " should follow");
    }
    next = index + 1;
    long written = chunk.meta().timestampMicros();
    long delay = readyMicros - written;
    boolean counted = written >= clock.measuredFrom();
    if (clock.nowMicros() >= clock.measuredFrom()) {
      clock.delivered(chunk.payloadBytes());
    }
    if (written < joinedMicros) {
      inTime.set(index);
      return;
    }
    if (delay <= clock.playoutDelayMicros()) {
      inTime.set(index);
    } else {
      late++;
    }
    if (counted) {
      delays.add(delay);
      clock.delayed(written, delay);
    }
  }

  private static boolean isGenuine(Chunk written, Chunk played) {
    return written == played || written.frame().equals(played.frame());
  }

  @Override
  public void gap(long epoch, long from, long to) {
    int start = clock.published().index(epoch, from);
    if (next >= 0 && start != next && clock.published().index(epoch, 0) < next) {
      throw broken("reports a gap at " + start + " of the run where " + next + " should follow");
    }
    if (next >= 0) {
      next = clock.published().index(epoch, to);
    }
  }

  private IllegalStateException broken(String what) {
    return new IllegalStateException("viewer " + number + " " + what);
  }

  /** The viewer has gone. */
  public void gone(long bytesUploaded) {
    goneMicros = clock.nowMicros();
    uploaded = bytesUploaded;
  }

  /** Measuring begins; so much it had sent before. */
  public void measuringBegins(long bytesUploaded) {
    uploadedBefore = bytesUploaded;
  }

  /** The run is over. */
  public void finish(long bytesUploaded) {
    if (goneMicros == Long.MAX_VALUE) {
      uploaded = bytesUploaded;
    }
  }

  /** It is on the cut-off side of a partition. */
  public void markPartitioned() {
    partitioned = true;
  }

  /** Whether it was cut off once. */
  public boolean wasPartitioned() {
    return partitioned;
  }

  /** Which uplink it has. */
  public int uplinkClass() {
    return uplinkClass;
  }

  /** Whether it passes nothing on. */
  public boolean leaf() {
    return leaf;
  }

  /** When it came. */
  public long joinedMicros() {
    return joinedMicros;
  }

  /** When it went; {@link Long#MAX_VALUE} if it did not. */
  public long goneMicros() {
    return goneMicros;
  }

  /** Whether it ever played anything. */
  public boolean started() {
    return first >= 0;
  }

  /** From coming to the first chunk that could be read. */
  public long startupMicros() {
    return firstReadyMicros - joinedMicros;
  }

  /** Where in the row it started. */
  public int first() {
    return first;
  }

  /** Whether a chunk could be read in time. */
  public boolean hadInTime(int index) {
    return inTime.get(index);
  }

  /** How many chunks could be read in time, from one place inclusive to another exclusive. */
  public int countInTime(int from, int to) {
    return to <= from ? 0 : inTime.get(from, to).cardinality();
  }

  /** Delays of the chunks written in measured time after it came. */
  public Histogram delays() {
    return delays;
  }

  /** Chunks that could be read, but late. */
  public long late() {
    return late;
  }

  /** Media bytes that came more than once. */
  public long duplicateBytes() {
    return duplicateBytes;
  }

  /** Bytes sent in measured time. */
  public long uploadedWhileMeasured() {
    return uploaded - uploadedBefore;
  }
}
