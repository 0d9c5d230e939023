package dev.livestream.engine.upload;

import dev.livestream.crypto.ChunkPriority;
import dev.livestream.engine.EngineContext;
import dev.livestream.engine.Output;
import dev.livestream.engine.membership.Peer;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Role;
import dev.livestream.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that leaves as a chunk leaves through here.
 *
 * <p>Two brakes: the pacer, under a hard limit; and the transport, which holds only as many chunks
 * as keep the link busy, because what waits here can still be put in a better order or be taken
 * back.
 */
public final class Uploader {
  /** What packets add to a chunk frame: UDP, IP and QUIC headers on each. */
  private static final int PACKET_PAYLOAD = 1_140;

  private static final int PACKET_OVERHEAD = 60;
  private static final int MIN_IN_FLIGHT = 2;
  private static final long IN_FLIGHT_MICROS = 15_000;
  private static final long OVERHEAD_SPAN = 1_000_000;
  private static final double OVERHEAD_WEIGHT = 0.3;
  // As if it had come so much later: enough for those who pass a key frame on to have it first, and
  // no more, or whoever is served last waits at every hop.
  private static final long INTERIOR_FIRST = 100_000;
  // Longer than a queue can be whose chunks still come in time.
  private static final long OTHERS_FIRST = 1_500_000;
  // As if it had come before all that was queued in this time.
  private static final long AHEAD = 500_000;
  // As if it had come after everything that is pushed meanwhile.
  private static final long SERVED_AFTER = 1_000_000;
  private static final long LEFT_OUT_BEYOND = 150_000;
  // Longer than a key frame's queue. After some such hops chunks are too late for everybody below,
  // and would be sent all the same.
  private static final long LEFT_OUT_IN_A_RUSH = 200_000;
  private static final long ASSUMED_RATE = 250_000;

  private final EngineContext context;
  private final UploadQueue queue = new UploadQueue();
  private final UplinkMeter meter = new UplinkMeter();
  private final StandingQueue standing = new StandingQueue();
  private final Pacer pacer;
  private final CopyBudget budget;
  // Few, and they mostly end in the order in which they began.
  private final List<Transfer> transfers = new ArrayList<>();
  private long bytesInFlight;
  private boolean stretched;
  private long nextTransfer;
  private long overheadBytes;
  private long overheadSince;
  private double overheadPerSecond;

  private record Transfer(long id, Peer peer, Chunk chunk, long bytes) {}

  /** An uploader with nothing to send. */
  public Uploader(EngineContext context, long nowMicros) {
    this.context = context;
    this.overheadSince = nowMicros;
    boolean source = context.config().role() == Role.SOURCE;
    this.budget = new CopyBudget(source ? context.tuning().sourceCopies() : 0);
    this.pacer = new Pacer(context.config().uploadLimit(), nowMicros);
  }

  /** Bytes on the network for a chunk frame. */
  public static long wireBytes(long frameBytes) {
    return frameBytes + (frameBytes + PACKET_PAYLOAD - 1) / PACKET_PAYLOAD * PACKET_OVERHEAD;
  }

  /**
   * Queues a chunk for a child that passes it on: chunks leave in the order in which they came, and
   * each chunk for the best forwarder first.
   *
   * @param expires when the chunk is of no use any more
   * @return false if there is no room for it
   */
  public boolean push(Peer child, Chunk chunk, long expires, long nowMicros) {
    return queue.add(child, chunk, false, nowMicros, expires);
  }

  /**
   * Notes whether there are more children than the uplink carries, so that something is left out.
   */
  public void stretch(boolean is) {
    stretched = is;
  }

  /** Whether there are more children than the uplink carries. */
  public boolean isStretched() {
    return stretched;
  }

  /**
   * Whether a chunk is one too many: where there are more children than the uplink carries, or many
   * look for places, an uplink that is behind leaves out ordinary chunks, each for all children, so
   * that key frames and sound get through and what is sent comes in time. The source leaves nothing
   * out: nobody else has it.
   *
   * @param rush whether many look for places
   */
  public boolean leavesOut(Chunk chunk, boolean rush) {
    if (!isOrdinary(chunk) || context.config().role() == Role.SOURCE) {
      return false;
    }
    return (stretched && queueMicros() > LEFT_OUT_BEYOND)
        || (rush && queueMicros() > LEFT_OUT_IN_A_RUSH);
  }

  /** Whether a chunk goes ahead of others, because some of those are left out for it. */
  public boolean hurries(Chunk chunk) {
    return stretched && !isOrdinary(chunk);
  }

  /** Whether a chunk is neither of a key frame nor sound. */
  public static boolean isOrdinary(Chunk chunk) {
    return chunk.meta().priority() == ChunkPriority.ORDINARY;
  }

  /** The same, but ahead of what came lately: a queue of ordinary chunks does not hold it up. */
  public boolean pushAhead(Peer child, Chunk chunk, long expires, long nowMicros) {
    return queue.add(child, chunk, false, nowMicros - AHEAD, expires);
  }

  /**
   * The same, but behind what comes in the time that it takes to send some chunks.
   *
   * @param chunks how many
   */
  public boolean pushBehind(int chunks, Peer child, Chunk chunk, long expires, long nowMicros) {
    long after = chunks * sendingMicros(chunk.frameBytes());
    return queue.add(child, chunk, false, nowMicros + after, expires);
  }

  /**
   * Queues a chunk for a child that has no children of its own: where there is a queue, others go
   * first.
   */
  public void pushToLeaf(Peer child, Chunk chunk, long expires, long nowMicros) {
    queue.add(child, chunk, false, nowMicros + INTERIOR_FIRST, expires);
  }

  /**
   * The same, but behind all others for as long as there is a queue. In a crowd a peer has more to
   * send than its uplink carries: were all to wait alike, all would get everything too late.
   */
  public void pushLast(Peer child, Chunk chunk, long expires, long nowMicros) {
    queue.add(child, chunk, false, nowMicros + OTHERS_FIRST, expires);
  }

  /**
   * Queues a chunk that a peer asked for: it goes when nothing is left to push.
   *
   * @return false if there is no room for it
   */
  public boolean serve(Peer peer, Chunk chunk, long expires, long nowMicros) {
    return queue.add(peer, chunk, true, nowMicros + SERVED_AFTER, expires);
  }

  /**
   * Whether requests can be served that somebody else could serve as well.
   *
   * @param mediaBytesPerSecond how fast the stream is when it does not rest
   */
  public boolean canSpare(double mediaBytesPerSecond, long nowMicros) {
    budget.rest(mediaBytesPerSecond, nowMicros);
    return budget.hasLeft();
  }

  /** Whether requests can be served that perhaps nobody else can serve. */
  public boolean canRescue(double mediaBytesPerSecond, long nowMicros) {
    budget.rest(mediaBytesPerSecond, nowMicros);
    return budget.mayOwe();
  }

  /** A source has published media, of which it may send some copies. */
  public void published(long bytes, long nowMicros) {
    budget.earn(bytes, nowMicros);
  }

  /** A peer does not need a chunk any more. */
  public void cancel(Peer peer, long sequence) {
    queue.cancel(peer, sequence);
    for (Transfer transfer : transfers) {
      if (transfer.peer == peer && transfer.chunk.sequence() == sequence) {
        context.outbox().emit(new Output.CancelTransfer(peer.id(), transfer.id));
        return;
      }
    }
  }

  /** A peer has gone: nothing waits for it any more. */
  public void drop(Peer peer, long nowMicros) {
    queue.cancel(peer, -1);
    for (Transfer transfer : List.copyOf(transfers)) {
      if (transfer.peer == peer) {
        ended(transfer.id, TransferOutcome.CANCELLED, nowMicros);
      }
    }
  }

  /** The stream begins anew: what waits is stale. */
  public void clear() {
    queue.clear();
  }

  /** The transport has got rid of a chunk. */
  public void ended(long transferId, TransferOutcome outcome, long nowMicros) {
    Transfer transfer = take(transferId);
    if (transfer == null) {
      return;
    }
    bytesInFlight -= transfer.bytes;
    if (outcome == TransferOutcome.SENT) {
      meter.ended(transfer.bytes, nowMicros);
    } else {
      meter.abandoned(nowMicros);
    }
  }

  private @Nullable Transfer take(long transferId) {
    for (int i = 0; i < transfers.size(); i++) {
      if (transfers.get(i).id == transferId) {
        return transfers.remove(i);
      }
    }
    return null;
  }

  /** Sends what may go now. */
  public void pump(long nowMicros) {
    send(nowMicros);
    standing.observe(queueMicros(), nowMicros);
  }

  private void send(long nowMicros) {
    UploadQueue.Entry entry = queue.peek(nowMicros);
    while (entry != null && hasRoom()) {
      Chunk chunk = entry.chunk();
      long bytes = wireBytes(chunk.frameBytes());
      if (!pacer.allows(bytes, nowMicros)) {
        return;
      }
      queue.remove();
      if (entry.requested() || !entry.peer().have().has(chunk.sequence())) {
        send(entry, bytes, nowMicros);
      }
      entry = queue.peek(nowMicros);
    }
  }

  private void send(UploadQueue.Entry entry, long bytes, long nowMicros) {
    Chunk chunk = entry.chunk();
    pacer.charge(bytes);
    budget.pay(bytes);
    meter.began(nowMicros);
    long id = nextTransfer++;
    transfers.add(new Transfer(id, entry.peer(), chunk, bytes));
    entry.peer().sent(nowMicros);
    bytesInFlight += bytes;
    if (entry.peer().haveEpoch() == chunk.epoch()) {
      entry.peer().have().add(chunk.sequence());
    }
    context.counters().payloadUp += chunk.payloadBytes();
    context.counters().chunkBytesUp += chunk.frameBytes();
    context.outbox().emit(new Output.SendChunk(entry.peer().id(), id, chunk, entry.expires()));
  }

  private boolean hasRoom() {
    return transfers.size() < MIN_IN_FLIGHT
        || bytesInFlight < bytesPerSecond() * IN_FLIGHT_MICROS / 1_000_000;
  }

  /** Pays for bytes that left beside the chunks. */
  public void charge(long bytes, long nowMicros) {
    pacer.charge(bytes);
    budget.pay(bytes);
    overheadBytes += bytes;
    long span = nowMicros - overheadSince;
    if (span > OVERHEAD_SPAN) {
      overheadPerSecond += (overheadBytes * 1e6 / span - overheadPerSecond) * OVERHEAD_WEIGHT;
      overheadBytes = 0;
      overheadSince = nowMicros;
    }
  }

  /**
   * What leaves beside the chunks and must be taken off {@link #bytesPerSecond}, in bytes per
   * second. Nothing where the rate was measured with chunks, because then it is net already.
   */
  public double overheadPerSecond() {
    return isLimitBinding() ? overheadPerSecond : 0;
  }

  /** What leaves beside the chunks, in bytes per second. */
  public double allOverheadPerSecond() {
    return overheadPerSecond;
  }

  private boolean isLimitBinding() {
    return pacer.limits() && (!meter.isKnown() || meter.bytesPerSecond() > pacer.rate());
  }

  /** When {@link #pump} can do more, unless something happens before. */
  public long nextPump(long nowMicros) {
    UploadQueue.Entry entry = queue.peek(nowMicros);
    if (entry == null || !hasRoom()) {
      return Long.MAX_VALUE;
    }
    return pacer.allowedAt(wireBytes(entry.chunk().frameBytes()), nowMicros);
  }

  /** What the uplink is taken to carry, in bytes per second: measured, and under the limit. */
  public long bytesPerSecond() {
    long measured = meter.isKnown() ? (long) meter.bytesPerSecond() : ASSUMED_RATE;
    if (!pacer.limits()) {
      return measured;
    }
    return meter.isKnown() ? Math.min(measured, pacer.rate()) : pacer.rate();
  }

  /** Whether the uplink was measured, or is bounded by a limit. */
  public boolean isRateKnown() {
    return meter.isKnown() || pacer.limits();
  }

  /** How long a chunk queued now would wait, in microseconds. */
  public long queueMicros() {
    return (queue.bytes() + bytesInFlight) * 1_000_000 / Math.max(1, bytesPerSecond());
  }

  /** How much of that wait has been there for long, in microseconds. */
  public long standingMicros() {
    return standing.micros();
  }

  /** Whether nothing waits and nothing is under way. */
  public boolean isIdle() {
    return queue.isEmpty() && transfers.isEmpty();
  }

  /** How long the uplink takes for a chunk frame, in microseconds. */
  public long sendingMicros(int frameBytes) {
    return wireBytes(Math.min(frameBytes, WireLimits.CHUNK_FRAME_BYTES))
        * 1_000_000
        / Math.max(1, bytesPerSecond());
  }
}
