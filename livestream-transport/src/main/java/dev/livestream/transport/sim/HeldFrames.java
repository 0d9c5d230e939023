package dev.livestream.transport.sim;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Frames that have arrived at one end of a connection before their turn. Mostly none. */
final class HeldFrames {
  private @Nullable TreeMap<Long, Object> control;
  private @Nullable Queue<Object> chunks;

  void holdControl(long number, Object frame) {
    if (control == null) {
      control = new TreeMap<>();
    }
    control.put(number, frame);
  }

  /** The control frame of a number, if it is here. */
  @Nullable Object takeControl(long number) {
    if (control == null) {
      return null;
    }
    Object frame = control.remove(number);
    if (control.isEmpty()) {
      control = null;
    }
    return frame;
  }

  void holdChunk(Object frame) {
    if (chunks == null) {
      chunks = new ArrayDeque<>();
    }
    chunks.add(frame);
  }

  /** The chunk that came first of those here. */
  @Nullable Object takeChunk() {
    return chunks == null ? null : chunks.poll();
  }
}
