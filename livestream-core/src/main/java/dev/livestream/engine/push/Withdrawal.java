package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.window.StreamRate;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import java.util.ArrayList;
import java.util.List;

/**
 * How a peer leaves that has children, so that they miss nothing.
 *
 * <p>A peer near the source that closed its connections at once would leave hundreds below it
 * without a parent, who then could only ask each other. So it sends its children away and goes on
 * serving them for as long as any child that has to leave is served. The best of them is told to
 * take this peer's own place, which is given back at once although chunks still come; the others
 * are told of that one, which has a way to the source all the time.
 */
final class Withdrawal {
  private final EngineContext context;
  private final Trees trees;
  private final Forwarding forwarding;
  private final Referrals referrals;
  private final StreamRate rate;
  private boolean begun;
  private long endsAt;

  Withdrawal(
      EngineContext context,
      Trees trees,
      Forwarding forwarding,
      Referrals referrals,
      StreamRate rate) {
    this.context = context;
    this.trees = trees;
    this.forwarding = forwarding;
    this.referrals = referrals;
    this.rate = rate;
  }

  /** Whether this peer is about to leave: it takes no more children. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether nobody needs this peer any more, or has had time enough to do without it. */
  boolean isOver(long nowMicros) {
    if (!begun || nowMicros >= endsAt) {
      return true;
    }
    for (Substream substream : trees.all()) {
      if (!substream.children().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Sends all children away, and gives back the places that are not needed to serve them. */
  void begin(long nowMicros) {
    if (begun) {
      return;
    }
    begun = true;
    long lasts = ChildPlaces.graceFor(RedirectReason.LEAVING);
    endsAt = nowMicros + lasts;
    for (Substream substream : trees.all()) {
      sendAway(substream, nowMicros + lasts);
      giveBack(substream, lasts);
    }
  }

  private void sendAway(Substream substream, long untilMicros) {
    Peer heir = null;
    for (Child child : substream.children()) {
      List<PeerRecord> candidates;
      if (heir == null && child.slots() > 0) {
        heir = child.peer();
        candidates = referrals.forHeir(substream, heir);
      } else {
        candidates = new ArrayList<>();
        if (heir != null && heir.record() != null) {
          candidates.add(heir.record());
        }
        candidates.addAll(referrals.forAbandoned(substream, child.peer()));
      }
      substream.dismiss(child, untilMicros);
      context
          .outbox()
          .send(
              child.peer().id(),
              new Message.Redirect(substream.index(), RedirectReason.LEAVING, candidates));
    }
  }

  private void giveBack(Substream substream, long lasts) {
    Peer parent = substream.parent();
    if (parent == null) {
      return;
    }
    if (substream.children().isEmpty()) {
      context.outbox().send(parent.id(), new Message.Detach(substream.index()));
      substream.detach();
    } else {
      int substreams = trees.all().length;
      long rows = 1 + (long) (rate.chunksPerSecond() * lasts / 1e6 / substreams);
      context
          .outbox()
          .send(
              parent.id(),
              new Message.Detach(
                  substream.index(), forwarding.next(substream) + rows * substreams));
    }
  }
}
