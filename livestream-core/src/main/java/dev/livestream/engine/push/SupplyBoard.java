package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import dev.livestream.wire.WireLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has room where: sums of free places go up the trees, the totals come down again.
 *
 * <p>Each peer tells its parent how many places are free at and below it, and some peers that have
 * them; a search for a parent then goes straight to where room is. The source thus knows the free
 * places of each substream, and tells everybody down the home trees; a newcomer makes that
 * substream its home where supply is least. All of it is hearsay: a lie costs a futile question, no
 * more.
 */
final class SupplyBoard {
  private static final long REPORT_INTERVAL = 1_000_000;
  private static final long REFRESH_INTERVAL = 8_000_000;
  private static final long SUPPLY_INTERVAL = 2_000_000;
  private static final int OPENINGS = 3;

  private final EngineContext context;
  private final Trees trees;
  private final ChildPlaces places;
  private final int[] reported;
  private final int[] reportedStrength;
  private final long[] reportedAt;
  private int @Nullable [] supply;
  private long suppliedAt;

  SupplyBoard(EngineContext context, Trees trees, ChildPlaces places) {
    this.context = context;
    this.trees = trees;
    this.places = places;
    this.reported = new int[trees.all().length];
    this.reportedStrength = new int[trees.all().length];
    this.reportedAt = new long[trees.all().length];
  }

  /** Free places by substream in the whole swarm, as far as is known; null if not at all. */
  int @Nullable [] supply() {
    return supply;
  }

  /**
   * The parent's parent, or somebody above, tells the totals: they are passed on. Once they are
   * known only parents are heeded, and not more often than the source speaks: else a peer that
   * talks too much would make this one do so too, to all its children.
   */
  void supplied(Peer from, int[] totals, long nowMicros) {
    boolean known = supply != null;
    boolean tooSoon = known && nowMicros - suppliedAt < SUPPLY_INTERVAL / 2;
    boolean heeded = context.config().role() != Role.SOURCE && (!known || from.parentOf() > 0);
    if (heeded && !tooSoon && totals.length == trees.all().length) {
      supply = totals;
      suppliedAt = nowMicros;
      passOn();
    }
  }

  private void passOn() {
    if (supply == null) {
      return;
    }
    for (Substream substream : trees.all()) {
      for (Child child : substream.children()) {
        // Down the home trees alone, so that everybody who can serve hears it once.
        if (child.home()) {
          context.outbox().send(child.peer().id(), new Message.Supply(supply));
        }
      }
    }
  }

  /** Tells a peer that has just come, so that it can choose its home. */
  void tell(Peer newcomer) {
    if (supply != null) {
      context.outbox().send(newcomer.id(), new Message.Supply(supply));
    }
  }

  /** There is a new parent: it knows nothing yet. */
  void attached(int substream) {
    reported[substream] = -1;
    reportedAt[substream] = 0;
  }

  /** Reports upwards what has changed; at the source, tells the totals. */
  void tick(long nowMicros) {
    ChildPlaces.Room room = places.room();
    if (context.config().role() == Role.SOURCE) {
      if (nowMicros - suppliedAt > SUPPLY_INTERVAL) {
        suppliedAt = nowMicros;
        supply = new int[trees.all().length];
        for (Substream substream : trees.all()) {
          supply[substream.index()] = spare(substream, room);
        }
        passOn();
      }
      return;
    }
    for (Substream substream : trees.all()) {
      report(substream, room, nowMicros);
    }
  }

  private void report(Substream substream, ChildPlaces.Room room, long nowMicros) {
    Peer parent = substream.parent();
    int index = substream.index();
    if (parent == null || nowMicros - reportedAt[index] < REPORT_INTERVAL) {
      return;
    }
    int spare = substream.isFed() ? spare(substream, room) : 0;
    int last = reported[index];
    boolean first = last < 0;
    int strength = trees.offer(substream, room);
    boolean changed = differs(spare, last) || differs(strength, reportedStrength[index]);
    boolean stale = spare > 0 && nowMicros - reportedAt[index] > REFRESH_INTERVAL;
    if ((first && spare > 0) || (!first && changed) || stale) {
      context
          .outbox()
          .send(parent.id(), new Message.Spare(index, spare, openings(substream, room), strength));
      reportedAt[index] = nowMicros;
    }
    if (first || changed || stale) {
      reported[index] = spare;
      reportedStrength[index] = strength;
    }
  }

  private static boolean differs(int now, int before) {
    return now != before && (now == 0 || before <= 0 || Math.abs(now - before) * 4 > before);
  }

  /** Free places at and below this peer. */
  private int spare(Substream substream, ChildPlaces.Room room) {
    long sum = places.open(substream, room);
    for (Child child : substream.children()) {
      if (!child.isLeaving()) {
        sum += child.spareBelow();
      }
    }
    return (int) Math.min(WireLimits.SLOTS, sum);
  }

  private List<PeerRecord> openings(Substream substream, ChildPlaces.Room room) {
    List<PeerRecord> openings = new ArrayList<>(OPENINGS);
    PeerRecord own = trees.ownRecord();
    if (own != null && places.open(substream, room) > 0) {
      openings.add(own);
    }
    int size = substream.children().size();
    int offset = size == 0 ? 0 : context.random().nextInt(size);
    for (int i = 0; i < size && openings.size() < OPENINGS; i++) {
      Child child = substream.children().get((i + offset) % size);
      if (child.spareBelow() > 0 && !child.openings().isEmpty() && !child.isLeaving()) {
        List<PeerRecord> below = child.openings();
        PeerRecord record = below.get(context.random().nextInt(below.size()));
        if (!openings.contains(record)) {
          openings.add(record);
        }
      }
    }
    return openings;
  }

  /**
   * The substream with the least supply among a few drawn at random: where help is needed, without
   * everybody rushing to the same.
   */
  int neediest() {
    int substreams = trees.all().length;
    int best = context.random().nextInt(substreams);
    if (supply == null) {
      return best;
    }
    for (int i = 0; i < 2; i++) {
      int other = context.random().nextInt(substreams);
      if (supply[other] < supply[best]) {
        best = other;
      }
    }
    return best;
  }

  /** Whether a substream has far more supply than the one that has least. */
  boolean isOversupplied(int substream) {
    if (supply == null) {
      return false;
    }
    int least = Arrays.stream(supply).min().orElse(0);
    return supply[substream] > 4 * least + 16;
  }
}
