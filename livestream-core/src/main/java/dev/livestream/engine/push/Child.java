package dev.livestream.engine.push;

import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.PeerRecord;
import java.util.List;

/** A peer that is served a substream here. */
final class Child {
  private final Peer peer;
  private int slots;
  private boolean home;
  private int spareBelow;
  private List<PeerRecord> openings = List.of();
  private boolean stretch;
  private long newUntil;
  private long leavesAt;
  private boolean heir;
  private long wantsUntil = Long.MAX_VALUE;

  Child(Peer peer, int slots, boolean home) {
    this.peer = peer;
    this.slots = slots;
    this.home = home;
  }

  Peer peer() {
    return peer;
  }

  /** How many children it says it can serve in this substream. */
  int slots() {
    return slots;
  }

  /** Whether this is its home substream. */
  boolean home() {
    return home;
  }

  /** It has asked again, or its figures have changed. */
  void claims(int itsSlots, boolean itsHome) {
    slots = itsSlots;
    home = itsHome;
  }

  /** Whether it was taken beyond what the uplink carries, because nobody else had room. */
  boolean isStretch() {
    return stretch;
  }

  void stretch(boolean is) {
    stretch = is;
  }

  /** It has lately come to the stream, as it says. */
  void newUntil(long micros) {
    newUntil = micros;
  }

  /**
   * Whether the others go first where the uplink is behind: it has lately come, or has been told to
   * look elsewhere and has not found anybody yet.
   */
  boolean waits(long nowMicros) {
    return nowMicros < newUntil || (isLeaving() && wantsUntil == Long.MAX_VALUE);
  }

  /** Free slots at and below it, as it says. */
  int spareBelow() {
    return spareBelow;
  }

  /** Peers below it that have free slots, as it says. */
  List<PeerRecord> openings() {
    return openings;
  }

  void reports(int spare, List<PeerRecord> itsOpenings, int strength) {
    slots = strength;
    spareBelow = spare;
    openings = itsOpenings;
  }

  /**
   * It takes over when this peer dies.
   *
   * @return whether it did not know yet
   */
  boolean becomesHeir() {
    boolean known = heir;
    heir = true;
    return !known;
  }

  /** Whether a chunk is still to be pushed to it. */
  boolean wants(long sequence) {
    return sequence < wantsUntil;
  }

  /** It has another parent, which pushes what comes from this chunk on. */
  void wantsUntil(long sequence) {
    wantsUntil = sequence;
  }

  /** Whether it has been told to look elsewhere. */
  boolean isLeaving() {
    return leavesAt > 0;
  }

  /** Until when it is still served after that. */
  long leavesAt() {
    return leavesAt;
  }

  void leaveBy(long micros) {
    leavesAt = micros;
  }
}
