package dev.livestream.engine.membership;

import dev.livestream.engine.EngineContext;
import dev.livestream.wire.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out who has died without a word, and who is of no use.
 *
 * <p>A crashed peer says nothing, and the transport's idle timeout is far too long for a stream of
 * one second: places leaked to dead children starve the living. So a peer that was silent for a
 * while is asked, and counts as dead if the answer stays out. A child is asked sooner: it gets some
 * eight chunks a second of each substream and acknowledges them, and what it is sent after its
 * death is lost to the living. So is whoever does not acknowledge what it was sent. Peers that talk
 * anyway cost nothing.
 */
public final class Liveness {
  private static final long INTERVAL = 50_000;
  private static final long QUIET = 2_500_000;
  private static final long QUIET_CHILD = 300_000;
  private static final long MIN_WAIT = 250_000;
  private static final long NO_HELLO = 5_000_000;
  private static final long UNUSED = 4_000_000;

  private final EngineContext context;
  private final PeerBook book;
  private long next;

  /** What is to be done about a peer. */
  public record Findings(List<Peer> dead, List<Peer> useless) {}

  /** Watches the peers of a book. */
  public Liveness(EngineContext context, PeerBook book) {
    this.context = context;
    this.book = book;
  }

  /** Asks a peer for a sign of life now, because something about it is suspicious. */
  public void suspect(Peer peer, long nowMicros) {
    if (peer.pingedAt() == 0) {
      peer.pinged(nowMicros);
      context.outbox().send(peer.id(), new Message.Ping(nowMicros));
    }
  }

  /** Looks at everybody, now and then; says whom to part with. */
  public Findings tick(long nowMicros) {
    if (nowMicros < next) {
      return new Findings(List.of(), List.of());
    }
    next = nowMicros + INTERVAL;
    long allowance = context.allowance(nowMicros);
    List<Peer> dead = new ArrayList<>(0);
    List<Peer> useless = new ArrayList<>(0);
    for (Peer peer : book.all()) {
      if (peer.inUse()) {
        peer.used(nowMicros);
      }
      if (peer.pingedAt() > 0 && nowMicros - peer.pingedAt() > patience(peer) + allowance) {
        dead.add(peer);
      } else if (!peer.greeted() && nowMicros - peer.connectedAt() > NO_HELLO) {
        dead.add(peer);
      } else if (nowMicros - peer.idleSince() > UNUSED) {
        useless.add(peer);
      } else if (peer.greeted()
          && peer.inUse()
          && (peer.isMute(nowMicros)
              || peer.isSilent(nowMicros, allowance)
              || nowMicros - peer.lastHeard() > quiet(peer) + allowance)) {
        suspect(peer, nowMicros);
      }
    }
    return new Findings(dead, useless);
  }

  private static long quiet(Peer peer) {
    return peer.childIn() > 0 ? QUIET_CHILD : QUIET;
  }

  private static long patience(Peer peer) {
    return Math.max(MIN_WAIT, 3 * peer.rttMicros());
  }
}
