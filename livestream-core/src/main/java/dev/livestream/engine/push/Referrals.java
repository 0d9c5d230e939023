package dev.livestream.engine.push;

import dev.livestream.engine.Allowance;
import dev.livestream.engine.EngineContext;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom a parent names to those it cannot serve, or may not serve for long: peers below it that have
 * room, peers above it, its other children.
 *
 * <p>The source is named to its heirs only ({@link Heirs}), or everybody would turn to it.
 */
final class Referrals {
  // Records are long: whoever refuses many must not drown in its own good advice.
  private static final double NAMINGS_PER_SECOND = 20;
  private static final int NAMED = 3;

  private final EngineContext context;
  private final Allowance namings = Allowance.of(NAMINGS_PER_SECOND, 2 * NAMINGS_PER_SECOND);

  Referrals(EngineContext context) {
    this.context = context;
  }

  /** Whom a child can turn to when this peer fails: its own parent first, then siblings. */
  List<PeerRecord> above(Substream substream, Peer child) {
    List<PeerRecord> records = new ArrayList<>(3);
    Peer parent = substream.parent();
    if (parent != null && parent.record() != null && parent.role() != Role.SOURCE) {
      records.add(parent.record());
    }
    for (PeerRecord record : substream.alternatives()) {
      if (records.size() < 3
          && substream.pathContains(record.id().shortId())
          && !substream.isSource(record.id().shortId())) {
        records.add(record);
      }
    }
    for (Child sibling : substream.children()) {
      PeerRecord record = sibling.peer().record();
      if (sibling.peer() != child && sibling.slots() > 0 && record != null && records.size() < 3) {
        records.add(record);
      }
    }
    return records;
  }

  /** The same for one who may turn to the source. */
  List<PeerRecord> forHeir(Substream substream, Peer child) {
    List<PeerRecord> records = new ArrayList<>(4);
    Peer parent = substream.parent();
    if (parent != null && parent.record() != null) {
      records.add(parent.record());
    }
    records.addAll(above(substream, child));
    return records;
  }

  /** Whom one that is refused can ask instead: those below that have room, and the parent. */
  List<PeerRecord> forRefused(Substream substream, Peer asker, long nowMicros) {
    if (!namings.takeOne(nowMicros)) {
      return List.of();
    }
    List<PeerRecord> candidates = openings(substream, asker);
    Peer parent = substream.parent();
    if (parent != null
        && parent.record() != null
        && parent.role() != Role.SOURCE
        && parent != asker) {
      candidates.add(parent.record());
    }
    return candidates;
  }

  /** Whom a child can turn to when this peer leaves: those above, and those that have room. */
  List<PeerRecord> forAbandoned(Substream substream, Peer child) {
    List<PeerRecord> candidates = new ArrayList<>(above(substream, child));
    candidates.addAll(openings(substream, child));
    return candidates;
  }

  /**
   * Peers below that have room, most room first but with some chance, so that not all go to one.
   */
  List<PeerRecord> openings(Substream substream, Peer asker) {
    List<PeerRecord> candidates = new ArrayList<>(NAMED + 1);
    int offset =
        substream.children().isEmpty() ? 0 : context.random().nextInt(substream.children().size());
    for (int i = 0; i < substream.children().size() && candidates.size() < NAMED; i++) {
      Child child = substream.children().get((i + offset) % substream.children().size());
      if (child.peer() == asker || child.spareBelow() == 0) {
        continue;
      }
      for (PeerRecord record : child.openings()) {
        if (candidates.size() < NAMED
            && !record.id().equals(asker.id())
            && !candidates.contains(record)) {
          candidates.add(record);
        }
      }
    }
    return candidates;
  }
}
