package dev.livestream.engine.push;

import dev.livestream.engine.membership.Dialer;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import org.jspecify.annotations.Nullable;

/**
 * Tells a lost parent from a lost source, and looks for the source where it was.
 *
 * <p>When no neighbour has a way to the source it is the source that is missing. Whoever then
 * leaves its parent finds none better, and pulls down a tree that would live again with the source.
 * So parents that have lost their way are borne with for longer, and only those whose parent was
 * the source look whether it is back, perhaps as somebody else: all that hangs below waits for
 * that.
 */
final class SourceSearch {
  private static final long ORPHAN_PATIENCE = 1_200_000;
  private static final long CUT_OFF_PATIENCE = 4_000_000;
  private static final long LONGEST_PATIENCE = 60_000_000;
  private static final long NEWS_TRAVELS = 2_000_000;
  private static final long LOOK_AGAIN = 700_000;
  private static final long LOST_TOGETHER = 5_000_000;

  private final Dialer dialer;
  private final Trees trees;
  private final Prospects prospects;
  private final long[] belowSourceAt;
  private @Nullable PeerRecord source;
  private long lookAgainAt;
  private long cutOffSince;
  private long missedAt;

  SourceSearch(Dialer dialer, Trees trees, Prospects prospects) {
    this.dialer = dialer;
    this.trees = trees;
    this.prospects = prospects;
    this.belowSourceAt = new long[trees.all().length];
  }

  /** A parent was found; perhaps it is the source. */
  void found(Peer parent) {
    PeerRecord record = parent.record();
    if (parent.role() == Role.SOURCE && record != null && !record.addresses().isEmpty()) {
      source = record;
    }
  }

  /** Notes whether there is any way to the source. */
  void tick(long nowMicros) {
    if (!trees.isCutOff()) {
      cutOffSince = 0;
      return;
    }
    if (cutOffSince == 0) {
      cutOffSince = nowMicros;
    }
    if (!prospects.anybodyHasAWay(cutOffSince + NEWS_TRAVELS)) {
      missedAt = nowMicros;
    }
  }

  /** Knocks where the source was, if this substream misses it. */
  void tick(Substream substream, long nowMicros) {
    Peer parent = substream.parent();
    if (parent != null && parent.role() == Role.SOURCE) {
      belowSourceAt[substream.index()] = nowMicros;
    }
    if (source != null && misses(substream) && nowMicros >= lookAgainAt) {
      lookAgainAt = nowMicros + LOOK_AGAIN;
      dialer.knock(source.addresses().get(0), nowMicros);
    }
  }

  /**
   * Whether this peer has no way to the source at all, and in this substream no parent, or one that
   * it found when the source was lost: that one is as far from it, however it stands in the tree.
   */
  private boolean misses(Substream substream) {
    long was = belowSourceAt[substream.index()];
    return trees.isCutOff()
        && (substream.parent() == null || (was > 0 && cutOffSince - was < LOST_TOGETHER));
  }

  /** Whether a peer that has come is the source that this substream misses. */
  boolean isMissedBy(Substream substream, Peer peer) {
    return source != null && peer.role() == Role.SOURCE && misses(substream);
  }

  /** Whether a parent without a way to the source has had time enough to find one. */
  boolean hasWaited(Substream substream, long nowMicros) {
    if (substream.orphanSince() == 0) {
      return false;
    }
    // When one way to the source is found again, the others mostly follow: they have their time
    // from then on.
    long since = Math.max(substream.orphanSince(), missedAt);
    return nowMicros - since > (cutOffSince > 0 ? CUT_OFF_PATIENCE : ORPHAN_PATIENCE)
        || nowMicros - substream.orphanSince() > LONGEST_PATIENCE;
  }
}
