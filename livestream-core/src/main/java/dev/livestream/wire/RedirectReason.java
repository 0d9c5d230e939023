package dev.livestream.wire;

/** Why a peer does not serve another in a substream, or no longer. */
public enum RedirectReason {
  /** No free slot, and nobody to displace. */
  FULL(0),
  /** The asker stands on the answerer's own path. */
  LOOP(1),
  /** The answerer has no parent in that substream itself. */
  ORPHAN(2),
  /** A child gives way to a stronger one, or to one of the parent's home substream. */
  DISPLACED(3),
  /** The parent is leaving. */
  LEAVING(4),
  /** The parent's uplink carries less than it thought. */
  OVERLOADED(5),
  /** The child has outgrown its parent, and may take its place at the parent's parent. */
  PROMOTED(6),
  /** No free slot, but others have been told: one that has a place may call the asker. */
  PASSED_ON(7);

  private final int code;

  RedirectReason(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }
}
