package dev.livestream.engine.push;

import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.PeerRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** This peer's place in the tree of one substream: its parent, its path, its children. */
final class Substream {
  private static final long[] NO_PATH = {};
  private static final long FORMER_PUSHES = 300_000;

  // Those who can forward most are served first: what they get early, many get early.
  private static final Comparator<Child> BEST_FORWARDER_FIRST =
      Comparator.comparingInt((Child child) -> child.home() ? 0 : 1)
          .thenComparing(Comparator.comparingInt(Child::slots).reversed());

  private final int index;
  private final List<Child> children = new ArrayList<>();
  private int leaving;
  private @Nullable Peer parent;
  private long attachedAt;
  private long[] path = NO_PATH;
  private long orphanSince;
  private boolean starving;
  private boolean doubted;
  private long servedUntil = Long.MAX_VALUE;
  private long pushedAt;
  private long highestPushed = -1;
  // Before this chunk several in a row were left out.
  private long leftOutBefore;
  private long latestForwarded = -1;
  // What comes from this chunk on the present parent pushes; 0 if it did not say.
  private long parentFrom;
  private @Nullable Peer former;
  private List<PeerRecord> alternatives = List.of();
  private @Nullable PeerRecord source;
  private int strength;
  private final Lag lag = new Lag();
  private final Rhythm rhythm = new Rhythm();
  private double lagMean;
  private double lagDeviation;

  Substream(int index) {
    this.index = index;
  }

  int index() {
    return index;
  }

  @Nullable Peer parent() {
    return parent;
  }

  /** When the present parent was found. */
  long attachedAt() {
    return attachedAt;
  }

  /** Short ids from the source to the parent; empty while there is no way to the source. */
  long[] path() {
    return path;
  }

  /** Since when the parent has had no way to the source; 0 if it has one. */
  long orphanSince() {
    return orphanSince;
  }

  /** When a parent last delivered a chunk, or was found. */
  long pushedAt() {
    return Math.max(pushedAt, attachedAt);
  }

  /** The latest chunk that a parent has delivered. */
  long highestPushed() {
    return highestPushed;
  }

  /**
   * A parent has delivered a chunk.
   *
   * @param step from one chunk of the substream to the next
   */
  void pushed(long sequence, int step, long nowMicros) {
    if (pushedAt > attachedAt && sequence > highestPushed) {
      rhythm.observe(nowMicros - pushedAt);
    }
    if (sequence > highestPushed + 2L * step) {
      leftOutBefore = sequence;
    }
    highestPushed = Math.max(highestPushed, sequence);
    pushedAt = nowMicros;
    doubted = false;
  }

  /** The stream begins anew. */
  void forgetPushed() {
    highestPushed = -1;
    leftOutBefore = 0;
    latestForwarded = -1;
    parentFrom = 0;
    former = null;
  }

  /** Whether what the source sends can be expected to come down to here. */
  boolean isFed() {
    return parent != null && path.length > 0 && !starving;
  }

  /**
   * Whether nothing has come down for long, whatever the parent says. Whoever is starved must not
   * promise anything to others: a tree that has lost its root would otherwise go on for ever, each
   * peer in it believing the next.
   */
  boolean isStarving() {
    return starving;
  }

  void starving(boolean is) {
    starving = is;
  }

  /**
   * Whether the parent has missed its turn: nothing has come for clearly longer than usual, and a
   * chunk that it owes has been known for longer than that takes mostly.
   *
   * @param knownSince when that chunk was first known to exist
   * @param least by how much a pause must at least be longer than usual
   */
  boolean hasMissedATurn(long knownSince, long least, long nowMicros) {
    return rhythm.isKnown()
        && nowMicros - pushedAt() > rhythm.longest(least)
        && nowMicros - knownSince > lagMean + lagDeviation;
  }

  /** Whether the parent is probably dead: what it was to push is looked for elsewhere. */
  boolean isDoubted() {
    return doubted;
  }

  void doubt() {
    doubted = true;
  }

  void attach(Peer to, long[] itsPath, List<PeerRecord> others, long nowMicros) {
    attach(to, itsPath, others, 0, false, nowMicros);
  }

  /**
   * There is a new parent.
   *
   * @param from the first chunk that it pushes; 0 if it did not say
   * @param relies whether the former parent is trusted to push what comes before that: it did its
   *     work, and was left for a better one
   */
  void attach(
      Peer to, long[] itsPath, List<PeerRecord> others, long from, boolean relies, long nowMicros) {
    Peer before = isFed() && !doubted && parent != to ? parent : null;
    detach();
    former = from > 0 && relies ? before : null;
    parentFrom = from;
    parent = to;
    to.parentOf(1);
    attachedAt = nowMicros;
    alternatives = others;
    source = null;
    path(itsPath, nowMicros);
  }

  void path(long[] itsPath, long nowMicros) {
    path = itsPath;
    orphanSince = itsPath.length == 0 ? nowMicros : 0;
  }

  /** The parent is gone. */
  void detach() {
    if (parent != null) {
      parent.parentOf(-1);
      parent = null;
    }
    path = NO_PATH;
    orphanSince = 0;
    starving = false;
    doubted = false;
    servedUntil = Long.MAX_VALUE;
  }

  /** The parent takes the place back, and goes on until this moment. */
  void dismissed(long untilMicros) {
    servedUntil = Math.min(servedUntil, untilMicros);
  }

  /**
   * Whether the parent has taken the place back and serves no longer. Whoever went on believing in
   * it would promise others a way to the source that it does not have.
   */
  boolean isLetGo(long nowMicros) {
    return parent != null && nowMicros > servedUntil;
  }

  /**
   * Whether it was settled between the present and the former parent which of the two pushes a
   * chunk, and that one is still there.
   */
  boolean isLeftToParents(long sequence) {
    return parentFrom > 0 && (sequence >= parentFrom || former != null);
  }

  /** Whether the present parent has a chunk still to push, or the former one. */
  boolean isExpected(long sequence, long knownSince, long nowMicros) {
    if (sequence < parentFrom) {
      return former != null && nowMicros - attachedAt < FORMER_PUSHES;
    }
    return sequence > highestPushed && isDueFromParent(sequence, knownSince);
  }

  /**
   * Whether the present parent has passed over a chunk that it was to push, and that one only.
   * Several in a row are lacking at the parent as well: somebody above has lost its own.
   */
  boolean isPassedOver(long sequence, long knownSince) {
    return sequence < highestPushed
        && sequence >= leftOutBefore
        && isDueFromParent(sequence, knownSince);
  }

  private boolean isDueFromParent(long sequence, long knownSince) {
    return parentFrom > 0 ? sequence >= parentFrom : knownSince >= attachedAt;
  }

  /** Whether a chunk had left the present parent before this peer was its child. */
  boolean isBeforeParent(long sequence) {
    return sequence < parentFrom;
  }

  /** A peer has gone: if it was the former parent, it pushes nothing more. */
  void formerGone(Peer peer) {
    if (former == peer) {
      former = null;
    }
  }

  /** The latest chunk sent on to children; -1 before any was. */
  long latestForwarded() {
    return latestForwarded;
  }

  void forwarded(long sequence) {
    latestForwarded = Math.max(latestForwarded, sequence);
  }

  /** Whom to ask when the parent fails. */
  List<PeerRecord> alternatives() {
    return alternatives;
  }

  /** Whether a path begins with this peer, so that it must be the source. */
  boolean isSource(long shortId) {
    return path.length > 0 && path[0] == shortId;
  }

  /** The parent has told anew whom to ask when it fails; perhaps the source itself. */
  void alternatives(List<PeerRecord> others) {
    alternatives = others;
    for (PeerRecord record : others) {
      if (isSource(record.id().shortId())) {
        source = record;
      }
    }
  }

  /** The source, if this peer may turn to it because its parent has failed; only once. */
  @Nullable PeerRecord takeSource() {
    PeerRecord taken = source;
    source = null;
    return taken;
  }

  boolean pathContains(long shortId) {
    for (long hop : path) {
      if (hop == shortId) {
        return true;
      }
    }
    return false;
  }

  /** The children, best forwarder first. */
  List<Child> children() {
    return children;
  }

  @Nullable Child child(Peer peer) {
    for (Child child : children) {
      if (child.peer() == peer) {
        return child;
      }
    }
    return null;
  }

  Child adopt(Peer peer, int slots, boolean home) {
    Child child = new Child(peer, slots, home);
    children.add(child);
    peer.childIn(1);
    order();
    return child;
  }

  void order() {
    children.sort(BEST_FORWARDER_FIRST);
  }

  boolean release(Peer peer) {
    Child child = child(peer);
    if (child == null) {
      return false;
    }
    children.remove(child);
    if (child.isLeaving()) {
      leaving--;
    }
    peer.childIn(-1);
    return true;
  }

  /** Whether children that were told to leave are still served. */
  boolean isLeft() {
    return leaving > 0;
  }

  /** How many children count against the uplink: those told to leave do not. */
  int places() {
    return children.size() - leaving;
  }

  /** A child has been told to look elsewhere, and is served until then. */
  void dismiss(Child child, long untilMicros) {
    if (!child.isLeaving()) {
      leaving++;
    }
    child.leaveBy(untilMicros);
  }

  /** The child that can forward least among those that stay; null if there is none. */
  @Nullable Child weakest() {
    for (int i = children.size() - 1; i >= 0; i--) {
      if (!children.get(i).isLeaving()) {
        return children.get(i);
      }
    }
    return null;
  }

  /**
   * How many children this peer says it can serve here. Measurements waver, and each time a peer
   * says that it is stronger or weaker than its neighbours others may have to move: so only what
   * has clearly changed is told.
   */
  int steady(int measured) {
    if (measured * 4 < strength * 3 || measured * 2 > strength * 3) {
      strength = measured;
    }
    return strength;
  }

  /** How long after they were written chunks are pushed here. */
  Lag lag() {
    return lag;
  }

  /** A chunk has been pushed here this long after it was first known to exist. */
  void lagged(long micros) {
    double difference = micros - lagMean;
    lagMean += difference / 8;
    lagDeviation += (Math.abs(difference) - lagDeviation) / 8;
  }

  /** How long a chunk may be on its way here after it is known to exist. */
  long patience(long least, long most) {
    return Math.min(most, Math.max(least, (long) (lagMean + 3 * lagDeviation)));
  }
}
