package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.engine.window.StreamRate;
import dev.livestream.wire.Role;

/**
 * How many places this peer's uplink has to give. One place carries one substream to one child.
 *
 * <p>97 % of what the uplink carries is given away; a source, whose queue holds up everybody, gives
 * 86 % of its share of copies: the rest is for requests that nobody else can answer. (A feasibility
 * study found too few places at 88 %, and queues at 98 % where requests were not told apart from
 * pushes.) An uplink that was not measured yet gets a few places to measure itself with; from then
 * on at most twice what it has already proved to carry, so that an estimate from a moment of luck
 * cannot promise too much.
 *
 * <p>A queue that is there to stay takes places away, as many as it takes to get rid of it in some
 * seconds. Else an uplink that was asked too much of once, and is full to 97 %, would be behind for
 * half a minute, and everybody below it.
 */
final class Slots {
  private static final int MOST_COPIES = 8;
  private static final double SOURCE_FILL = 0.86;
  // A fifth too few uplinks, and some places that nobody finds.
  private static final double STRETCH = 1.3;
  private static final long CONGESTED = 150_000;
  private static final long DRAINED_WITHIN = 1_500_000;

  private final EngineContext context;
  private final Uploader uploader;
  private final StreamRate rate;
  private final int substreams;

  Slots(EngineContext context, Uploader uploader, StreamRate rate, int substreams) {
    this.context = context;
    this.uploader = uploader;
    this.rate = rate;
    this.substreams = substreams;
  }

  /**
   * How many places there are.
   *
   * @param taken how many are given away now
   */
  int total(int taken) {
    if (context.config().leaf()) {
      return 0;
    }
    return context.config().role() == Role.SOURCE ? ofSource() : ofViewer(taken);
  }

  private int ofSource() {
    double allowed = context.tuning().sourceCopies() * rate.mediaBytesPerSecond() * SOURCE_FILL;
    int byCopies = places(allowed - uploader.allOverheadPerSecond());
    return uploader.isRateKnown() ? Math.min(byCopies, carried()) : byCopies;
  }

  private int ofViewer(int taken) {
    int unmeasured = substreams + substreams / 4;
    if (!uploader.isRateKnown()) {
      return unmeasured;
    }
    int proved = Math.max(unmeasured, 2 * taken + 2);
    return Math.min(capacity(), proved);
  }

  /** How many places a measured uplink can carry. */
  int capacity() {
    return Math.min(MOST_COPIES * substreams, carried());
  }

  private int carried() {
    double draining = uploader.standingMicros() / (double) context.tempo().beats(DRAINED_WITHIN);
    return places(uploader.bytesPerSecond() * (fill() - draining) - uploader.overheadPerSecond());
  }

  /** How many places there are at most where the whole swarm is short. */
  int stretched() {
    boolean measured = uploader.isRateKnown() && !context.config().leaf();
    return measured
        ? Math.min(MOST_COPIES * substreams, places(STRETCH * uploader.bytesPerSecond()))
        : 0;
  }

  private int places(double bytesPerSecond) {
    return (int) Math.max(0, bytesPerSecond / bytesPerSecond());
  }

  private double fill() {
    return context.tuning().fillPermille() / 1_000.0;
  }

  /** Bytes per second that one place costs, packets included. */
  private double bytesPerSecond() {
    return Uploader.wireBytes(chunkBytes()) * rate.chunksPerSecond() / substreams;
  }

  private int chunkBytes() {
    return (int) (rate.bytesPerSecond() / Math.max(0.01, rate.chunksPerSecond()));
  }

  /** How long the uplink takes for one chunk, in microseconds. */
  long chunkMicros() {
    return uploader.sendingMicros(chunkBytes());
  }

  /** Whether the stream is running and nothing is known of the uplink yet. */
  boolean isUnproved() {
    return !uploader.isRateKnown() && rate.isMeasured() && context.config().role() != Role.SOURCE;
  }

  /** Whether the uplink is so far behind that it must shed children. */
  boolean isCongested() {
    return uploader.standingMicros() > context.tempo().beats(CONGESTED);
  }
}
