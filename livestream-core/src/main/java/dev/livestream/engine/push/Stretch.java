package dev.livestream.engine.push;

import dev.livestream.engine.EngineContext;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.wire.Role;

/**
 * Children taken beyond what the uplink carries.
 *
 * <p>Where a whole swarm is short of uplinks, some viewers would lack whole substreams for good,
 * and with them every eighth piece of each key frame. Instead they are taken in by peers that are
 * full, which then leave out ordinary chunks, each for all children at once, and send key frames
 * and sound ahead ({@link Forwarding}). What one hop leaves out does not cost the next one
 * anything: so a swarm that is short by a fifth loses a fifth, evenly, and not of what matters
 * most.
 *
 * <p>Only who has looked for long says that it is unserved. A lie gets a place at a peer that then
 * gives all its children a little less; how many such places there are is bounded.
 */
final class Stretch {
  private final EngineContext context;
  private final Trees trees;
  private final Slots slots;
  private final Uploader uploader;

  Stretch(EngineContext context, Trees trees, Slots slots, Uploader uploader) {
    this.context = context;
    this.trees = trees;
    this.slots = slots;
    this.uploader = uploader;
  }

  /** Whether one more child can be taken that is one too many. */
  boolean canTake(ChildPlaces.Room room) {
    return context.config().role() != Role.SOURCE
        && room.free() == 0
        && room.taken() < slots.stretched();
  }

  /**
   * Looks whether there is room for all by now, and tells the uploader.
   *
   * @return how many children are too many
   */
  int tick(int taken, int total) {
    int tooMany = 0;
    for (Substream substream : trees.all()) {
      for (Child child : substream.children()) {
        if (taken <= total) {
          child.stretch(false);
        }
        tooMany += child.isStretch() && !child.isLeaving() ? 1 : 0;
      }
    }
    uploader.stretch(tooMany > 0);
    return tooMany;
  }
}
