package dev.livestream.engine.pull;

import dev.livestream.engine.Allowance;
import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.engine.window.ChunkWindow;
import dev.livestream.engine.window.StreamRate;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for chunks: each is queued for sending or refused, at once where the answer is
 * known, so that the asker can turn to somebody else. Only what may come any moment is waited for
 * ({@link WaitingRequests}).
 *
 * <p>Refused are what is not here, what would have to wait too long (children come first; the study
 * behind the design found that pulls must only go where queues are short), and what goes beyond the
 * asker's fair rate. What is granted goes when nothing is left to push. Newcomers, who have no
 * parents yet, are served as if they were children, and what others miss goes ahead of all that is
 * pushed, both within a share of the uplink; where an uplink has more children than it carries, key
 * frames and sound go ahead, and nothing else.
 */
public final class ChunkServer {
  private static final long LONGEST_QUEUE = 60_000;
  private static final long NEWCOMER = 3_000_000;
  private static final long LONGEST_FOR_PUSHED = 400_000;
  private static final long USEFUL_FOR = 2_000_000;
  private static final long LONG_EVERYWHERE = 1_500_000;
  private static final int RESCUE_SPAN = 256;
  // After what is new now, before what will be new in a moment.
  private static final int RESCUES_BEHIND = 4;
  private static final int MOST_RESCUES = 2;
  private static final double RESCUE_SHARE = 0.05;
  private static final double RESCUE_SECONDS_SAVED = 0.25;
  private static final int LEAST_RESCUES_SAVED = 16;
  private static final int MOST_QUEUED = 64;
  private static final double WELCOME_SHARE = 0.03;
  private static final double WELCOME_SECONDS = 0.3;
  private static final double REPAIR_SHARE = 0.05;
  private static final double REPAIR_SECONDS = 0.2;
  private static final double MOST_COPIES = 4;
  // What is older and has not come was not on its way here; what is newer, nobody can know of.
  private static final int LATEST = 64;
  private static final int AHEAD = 16;

  private final EngineContext context;
  private final Uploader uploader;
  private final LongPredicate calm;
  private final long[] rescued = new long[RESCUE_SPAN];
  private final int[] rescues = new int[RESCUE_SPAN];
  private final UplinkShare welcome = new UplinkShare(WELCOME_SHARE, WELCOME_SECONDS);
  private final UplinkShare repairs = new UplinkShare(REPAIR_SHARE, REPAIR_SECONDS);
  private final Allowance rescuesLeft = Allowance.full();
  private final WaitingRequests waiting = new WaitingRequests();

  /**
   * A server over an uplink.
   *
   * @param calm whether no more than usual look for places at a moment
   */
  public ChunkServer(EngineContext context, Uploader uploader, LongPredicate calm) {
    this.context = context;
    this.uploader = uploader;
    this.calm = calm;
  }

  /** A peer asks for chunks. */
  public void asked(
      Peer peer,
      Message.Request request,
      long epoch,
      ChunkWindow window,
      StreamRate rate,
      long nowMicros) {
    long[] refused = new long[request.sequences().length];
    int count = 0;
    for (long sequence : request.sequences()) {
      // What was on its way to the peer did not arrive, or it would not ask.
      peer.have().remove(sequence);
      boolean granted =
          request.epoch() == epoch
              && (grant(peer, window.get(sequence), window, rate, nowMicros)
                  || waits(peer, sequence, window, nowMicros));
      if (!granted) {
        refused[count++] = sequence;
      }
    }
    if (count > 0) {
      refuse(peer, request.epoch(), Arrays.copyOf(refused, count));
    }
  }

  private void refuse(Peer peer, long epoch, long... sequences) {
    context.outbox().send(peer.id(), new Message.Refuse(epoch, sequences));
  }

  private boolean waits(Peer peer, long sequence, ChunkWindow window, long nowMicros) {
    boolean canCome = context.config().role() == Role.VIEWER && !context.config().leaf();
    return canCome
        && !window.has(sequence)
        && sequence >= window.end() - LATEST
        && sequence < window.end() + AHEAD
        && waiting.add(peer, sequence, nowMicros);
  }

  /** A chunk has come into the window: whoever waits for it gets it, or is refused now. */
  public void arrived(Chunk chunk, ChunkWindow window, StreamRate rate, long nowMicros) {
    for (Peer peer : waiting.take(chunk.sequence())) {
      if (!grant(peer, chunk, window, rate, nowMicros)) {
        refuse(peer, chunk.epoch(), chunk.sequence());
      }
    }
  }

  /** Refuses what was waited for and has not come. */
  public void tick(long epoch, long nowMicros) {
    waiting
        .takeOverdue(nowMicros)
        .forEach(
            (peer, sequences) ->
                refuse(peer, epoch, sequences.stream().mapToLong(Long::longValue).toArray()));
  }

  /** A peer has gone. */
  public void drop(Peer peer) {
    waiting.drop(peer);
  }

  /** The stream begins anew. */
  public void clear() {
    waiting.clear();
  }

  private boolean grant(
      Peer peer, @Nullable Chunk chunk, ChunkWindow window, StreamRate rate, long nowMicros) {
    if (chunk == null
        || context.config().leaf()
        || peer.requestsQueued() >= MOST_QUEUED
        || !peer.spend(MOST_COPIES * rate.chunksPerSecond(), window.capacity(), nowMicros)) {
      return false;
    }
    long expires = nowMicros + USEFUL_FOR;
    return context.config().role() == Role.SOURCE
        ? grantAtSource(peer, chunk, rate, expires, nowMicros)
        : grantAtViewer(peer, chunk, expires, nowMicros);
  }

  private boolean grantAtSource(
      Peer peer, Chunk chunk, StreamRate rate, long expires, long nowMicros) {
    if (isRescue(chunk, rate, nowMicros)) {
      return uploader.pushBehind(RESCUES_BEHIND, peer, chunk, expires, nowMicros);
    }
    return uploader.canSpare(rate.mediaBytesPerSecond(), nowMicros)
        && uploader.queueMicros() < context.tempo().beats(LONGEST_QUEUE)
        && uploader.serve(peer, chunk, expires, nowMicros);
  }

  private boolean grantAtViewer(Peer peer, Chunk chunk, long expires, long nowMicros) {
    long wait = uploader.queueMicros();
    boolean newcomer = nowMicros - peer.connectedAt() < NEWCOMER;
    if (newcomer
        && wait < LONGEST_FOR_PUSHED
        && welcome.take(chunk.frameBytes(), uploader.bytesPerSecond(), nowMicros)) {
      return uploader.push(peer, chunk, expires, nowMicros);
    }
    if (wait < LONGEST_FOR_PUSHED && takeRepair(chunk, newcomer, nowMicros)) {
      return uploader.pushAhead(peer, chunk, expires, nowMicros);
    }
    return wait < context.tempo().beats(LONGEST_QUEUE)
        && uploader.serve(peer, chunk, expires, nowMicros);
  }

  /**
   * Whether a chunk that was asked for goes ahead of what is pushed, and what is left for such
   * chunks is used up by it. Whoever asks has waited for push already, so it needs the chunk sooner
   * than any child does; and there are moments when all that have it have a queue. In a swarm that
   * is short of uplinks everybody asks for something all the time: so half of what is saved up is
   * kept for key frames and sound, and where an uplink leaves out ordinary chunks anyway nothing
   * else goes ahead. Newcomers in a crowd keep to their own share.
   */
  private boolean takeRepair(Chunk chunk, boolean newcomer, long nowMicros) {
    boolean ordinary = Uploader.isOrdinary(chunk);
    if (uploader.isStretched()) {
      return !ordinary;
    }
    if (newcomer && !calm.test(nowMicros)) {
      return false;
    }
    long bytes = chunk.frameBytes();
    long uplink = uploader.bytesPerSecond();
    return ordinary
        ? repairs.takeIfPlenty(bytes, uplink, nowMicros)
        : repairs.take(bytes, uplink, nowMicros);
  }

  /**
   * A source gives each chunk out a time or two whatever its queue, and runs into debt for it: if
   * the children it pushed it to have died, nobody else has it, and all the swarm below waits. A
   * chunk that is still missed when it has long been everywhere is rescued at any price.
   */
  private boolean isRescue(Chunk chunk, StreamRate rate, long nowMicros) {
    boolean old = nowMicros - chunk.meta().timestampMicros() > LONG_EVERYWHERE;
    if (!old && !uploader.canRescue(rate.mediaBytesPerSecond(), nowMicros)) {
      return false;
    }
    int slot = (int) (chunk.sequence() & RESCUE_SPAN - 1);
    if (rescued[slot] != chunk.sequence()) {
      rescued[slot] = chunk.sequence();
      rescues[slot] = 0;
    }
    if (rescues[slot] >= MOST_RESCUES || !takeRescue(rate.chunksPerSecond(), nowMicros)) {
      return false;
    }
    rescues[slot]++;
    return true;
  }

  private boolean takeRescue(double chunksPerSecond, long nowMicros) {
    double most = Math.max(LEAST_RESCUES_SAVED, RESCUE_SECONDS_SAVED * chunksPerSecond);
    rescuesLeft.earn(RESCUE_SHARE * chunksPerSecond, most, nowMicros);
    return rescuesLeft.take(1);
  }

  /** A peer does not want chunks any more, asked for or pushed. */
  public void cancelled(Peer peer, Message.Cancel cancel) {
    for (long sequence : cancel.sequences()) {
      peer.have().add(sequence);
      waiting.cancel(peer, sequence);
      uploader.cancel(peer, sequence);
    }
  }
}
