package dev.livestream.engine.pull;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.PushState;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.engine.membership.ServiceRecord;
import dev.livestream.wire.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which missing chunks to ask for, of whom, and when.
 *
 * <p>A chunk is known to exist when a later one has come, or a neighbour holds it. From then on
 * push gets a little time, which adapts to how regularly its substream arrives, as long as there is
 * time left to ask twice; a substream without a parent gets none. What is overdue is asked for:
 * what would be late first, among equals the rarest first (Zhang et al., CoolStreaming, 2005), of
 * the neighbour that can be expected to deliver it soonest by its distance, its queue, its pace,
 * and what it has delivered in time before ({@link ServiceRecord}). Unanswered requests go to a
 * second source.
 *
 * <p>What a parent is still expected to push is asked for within an allowance only ({@link Races}),
 * and whoever asks in vain all the time asks less ({@link Credit}).
 */
public final class PullScheduler {
  private static final long URGENCY_STEP = 100_000;
  private static final long REFUSED_REST = 60_000;
  private static final int LONGEST_QUEUE_MILLIS = 200;
  private static final double PRESUMED_ONLY = 3;
  private static final long SPREAD = 150_000;
  private static final long FRESH = 3_000_000;

  private final EngineContext context;
  private final PeerBook book;
  private final Evidence evidence;
  private final Races races = new Races();
  private final Credit credit = new Credit();
  private final ServiceTime service = new ServiceTime();
  private final Map<Long, Request> requests = new LinkedHashMap<>();
  private final List<Candidate> overdue = new ArrayList<>();
  private final Map<Peer, List<Long>> asking = new LinkedHashMap<>();

  // Peers that can hold what is overdue, during a tick.
  private final List<Peer> sources = new ArrayList<>();

  /** A chunk to be asked for: what would be late first, among equals the rarest first. */
  private record Candidate(
      long sequence, long urgency, int holders, PushState push, boolean refused)
      implements Comparable<Candidate> {
    boolean races() {
      return push == PushState.COMING;
    }

    @Override
    public int compareTo(Candidate other) {
      if (urgency != other.urgency) {
        return Long.compare(urgency, other.urgency);
      }
      return holders != other.holders
          ? Integer.compare(holders, other.holders)
          : Long.compare(sequence, other.sequence);
    }
  }

  /** What the scheduler needs to know of the rest of the engine. */
  public interface Needs {
    /** The first chunk still needed; -1 if it is not known where to start. */
    long from();

    /** The first chunk from here on that is not there yet. */
    long nextMissing(long from);

    /** How long push of a chunk's substream is to be waited for, in microseconds. */
    long patience(long sequence);

    /** What can be expected of push for a chunk. */
    PushState push(long sequence, long nowMicros);

    /** The parent that pushes a chunk's substream; null if there is none. */
    @Nullable Peer parent(long sequence);

    /** Whether a peer gets a chunk's substream from here, and so has no other source for it. */
    boolean isFedByUs(Peer peer, long sequence);

    /** How many chunks the stream has in a second. */
    double chunksPerSecond();

    /** When a chunk would be too late, as far as can be told. */
    long deadline(long sequence);

    /** The epoch that is played. */
    long epoch();
  }

  /** A scheduler that has asked for nothing. */
  public PullScheduler(EngineContext context, PeerBook book, int windowChunks) {
    this.context = context;
    this.book = book;
    this.evidence = new Evidence(windowChunks);
  }

  /** Notes that all chunks before this number exist. */
  public void exists(long end, long nowMicros) {
    evidence.extend(end, nowMicros);
  }

  /** One more than the highest chunk known to exist. */
  public long knownEnd() {
    return evidence.end();
  }

  /** When a chunk was first known to exist. */
  public long knownSince(long sequence) {
    return evidence.since(sequence);
  }

  /**
   * A chunk has come and is genuine.
   *
   * @return whether it was asked for
   */
  public boolean arrived(long sequence, Peer from, Needs needs, long nowMicros) {
    Request request = requests.remove(sequence);
    if (request == null) {
      return false;
    }
    boolean asked = request.wasAsked(from);
    if (asked) {
      credit.earnedByChunk();
    }
    boolean inTime = nowMicros <= needs.deadline(sequence);
    if (request.isOpen() && request.last() == from) {
      service.took(nowMicros - request.askedAt());
      from.service().served(request.askedAt(), from.rttMicros(), nowMicros);
    }
    for (Peer peer : request.asked()) {
      if (peer == from) {
        peer.service().answered(inTime);
      } else if (request.isOpen() && peer == request.last()) {
        context.outbox().send(peer.id(), new Message.Cancel(needs.epoch(), new long[] {sequence}));
      }
    }
    request.close();
    return asked;
  }

  /** A peer will not send what was asked of it. */
  public void refused(Peer peer, long[] sequences, long nowMicros) {
    peer.service().refuses(REFUSED_REST, nowMicros);
    for (long sequence : sequences) {
      Request request = requests.get(sequence);
      if (request != null && request.isOpen() && request.last() == peer) {
        request.close();
        request.refused(nowMicros);
      }
    }
  }

  /** A peer has gone. */
  public void drop(Peer peer) {
    for (Request request : requests.values()) {
      if (request.isOpen() && request.last() == peer) {
        request.close();
      }
    }
  }

  /** The stream begins anew. */
  public void clear() {
    requests.values().forEach(Request::close);
    requests.clear();
    evidence.clear();
  }

  /** Asks for what is overdue. */
  public void tick(Needs needs, long nowMicros) {
    long from = needs.from();
    if (from < 0) {
      return;
    }
    int open = 0;
    if (!requests.isEmpty()) {
      forgetBefore(from);
      open = closeUnanswered(nowMicros);
    }
    if (open < context.tuning().pullsInFlight()) {
      askForOverdue(needs, from, open, nowMicros);
    }
  }

  private void askForOverdue(Needs needs, long from, int open, long nowMicros) {
    collect(needs, from, nowMicros);
    races.refill(needs.chunksPerSecond(), nowMicros);
    credit.earn(nowMicros);
    overdue.sort(null);
    int inFlight = open;
    for (Candidate candidate : overdue) {
      if (inFlight >= context.tuning().pullsInFlight()) {
        break;
      }
      if ((candidate.races() && !races.hasLeft()) || (candidate.refused && !credit.hasLeft())) {
        continue;
      }
      if (ask(candidate, needs, nowMicros)) {
        inFlight++;
        if (candidate.refused) {
          credit.pay();
        }
        if (candidate.races()) {
          races.take();
        }
      }
    }
    overdue.clear();
    sources.clear();
    flush(needs, nowMicros);
  }

  private void forgetBefore(long from) {
    requests
        .values()
        .removeIf(
            request -> {
              if (request.sequence() >= from) {
                return false;
              }
              request.close();
              return true;
            });
  }

  private int closeUnanswered(long nowMicros) {
    int open = 0;
    long allowance = context.allowance(nowMicros);
    for (Request request : requests.values()) {
      if (!request.isOpen()) {
        continue;
      }
      Peer peer = request.last();
      long wait =
          Math.max(context.tuning().pullRetry(), 2 * peer.rttMicros() + 1_000L * peer.queueMillis())
              + allowance;
      if (nowMicros - request.askedAt() > wait) {
        peer.service().answered(false);
        request.close();
      } else {
        open++;
      }
    }
    return open;
  }

  private void collect(Needs needs, long from, long nowMicros) {
    long end = evidence.end();
    boolean found = false;
    for (long sequence = needs.nextMissing(Math.max(from, evidence.base()));
        sequence < end;
        sequence = needs.nextMissing(sequence + 1)) {
      Request request = requests.isEmpty() ? null : requests.get(sequence);
      if (request != null && (request.isOpen() || request.rests(nowMicros))) {
        continue;
      }
      long deadline = needs.deadline(sequence);
      PushState push = request == null ? needs.push(sequence, nowMicros) : PushState.NONE;
      long left = deadline - nowMicros - reserved(push);
      // So push gets half of the time that is there for it, however little that is.
      if (request == null
          && nowMicros - evidence.since(sequence) < Math.min(needs.patience(sequence), left)) {
        continue;
      }
      if (!found) {
        findSources(needs.epoch(), sequence, nowMicros);
        found = true;
      }
      int holders = holders(sequence, needs, nowMicros);
      if (holders > 0 || request != null) {
        boolean refused = request != null && request.wasRefused();
        overdue.add(new Candidate(sequence, deadline / URGENCY_STEP, holders, push, refused));
      }
    }
  }

  /** How long before its deadline a chunk is asked for at the latest. */
  private long reserved(PushState push) {
    return switch (push) {
      // It may have to be asked for twice.
      case NONE -> service.forTwo();
      case COMING -> service.forOne();
      // Of three such chunks two come by themselves: each moment of waiting saves requests.
      case PASSED_OVER -> service.usual();
    };
  }

  private int holders(long sequence, Needs needs, long nowMicros) {
    int count = 0;
    for (int i = 0; i < sources.size(); i++) {
      if (holds(sources.get(i), sequence, needs, nowMicros)) {
        count++;
      }
    }
    return count;
  }

  // Most connected peers are no neighbours and have not told for long what they hold.
  private void findSources(long epoch, long from, long nowMicros) {
    long allowance = context.allowance(nowMicros);
    for (Peer peer : book.all()) {
      if (peer.forwards()
          && !peer.isSilent(nowMicros, allowance)
          && peer.haveEpoch() == epoch
          && (peer.have().end() > from || nowMicros - peer.toldAt() < FRESH)) {
        sources.add(peer);
      }
    }
  }

  /**
   * Whether a peer has said that it holds a chunk, or can be presumed to: maps are some time old,
   * and what is known to exist here mostly is everywhere soon after. A wrong guess costs a refusal.
   */
  private boolean holds(Peer peer, long sequence, Needs needs, long nowMicros) {
    if (peer.have().has(sequence)) {
      return true;
    }
    long spread = evidence.since(sequence) + context.tempo().beats(SPREAD);
    return nowMicros > spread
        && peer.toldAt() < spread
        && nowMicros - peer.toldAt() < FRESH
        && !needs.isFedByUs(peer, sequence);
  }

  private boolean ask(Candidate candidate, Needs needs, long nowMicros) {
    long sequence = candidate.sequence;
    Request request = requests.get(sequence);
    // Asked, the parent that is about to push it would send it twice.
    Peer pusher = candidate.races() ? needs.parent(sequence) : null;
    Peer best = best(sequence, request, pusher, needs, nowMicros);
    if (best == null) {
      if (request != null) {
        request.forgetAsked();
      }
      return false;
    }
    if (request == null) {
      request = new Request(sequence);
      requests.put(sequence, request);
    }
    request.ask(best, nowMicros);
    asking.computeIfAbsent(best, key -> new ArrayList<>(4)).add(sequence);
    return true;
  }

  private @Nullable Peer best(
      long sequence,
      @Nullable Request request,
      @Nullable Peer pusher,
      Needs needs,
      long nowMicros) {
    Peer best = null;
    double bestCost = Double.MAX_VALUE;
    for (int i = 0; i < sources.size(); i++) {
      Peer peer = sources.get(i);
      if (peer == pusher
          || !holds(peer, sequence, needs, nowMicros)
          || !peer.service().takesRequests(nowMicros)
          || peer.queueMillis() > LONGEST_QUEUE_MILLIS
          || peer.service().out() >= peer.service().window()
          || (request != null && request.wasAsked(peer))) {
        continue;
      }
      double expected =
          peer.rttMicros()
              + 1_000.0 * peer.queueMillis()
              + peer.service().pace() * peer.service().out();
      double doubt = peer.have().has(sequence) ? 1 : PRESUMED_ONLY;
      double cost =
          expected
              * doubt
              / Math.max(0.1, peer.service().onTime())
              * (1 + 0.3 * context.random().nextDouble());
      if (cost < bestCost) {
        best = peer;
        bestCost = cost;
      }
    }
    return best;
  }

  private void flush(Needs needs, long nowMicros) {
    asking.forEach(
        (peer, sequences) -> {
          long[] wanted = new long[sequences.size()];
          for (int i = 0; i < wanted.length; i++) {
            wanted[i] = sequences.get(i);
          }
          peer.sent(nowMicros);
          context.outbox().send(peer.id(), new Message.Request(needs.epoch(), wanted));
        });
    asking.clear();
  }
}
