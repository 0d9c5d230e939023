package dev.livestream.transport.sim;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A binary heap of events, earliest first, and first scheduled first among those of one moment. */
final class EventHeap {
  private @Nullable SimEvent[] events = new SimEvent[256];
  private int size;

  int size() {
    return size;
  }

  @Nullable SimEvent first() {
    return events[0];
  }

  void add(SimEvent event) {
    if (size == events.length) {
      events = Arrays.copyOf(events, size * 2);
    }
    @Nullable SimEvent[] heap = events;
    int at = size++;
    while (at > 0) {
      int up = (at - 1) >>> 1;
      SimEvent parent = heap[up];
      if (parent == null || !event.before(parent)) {
        break;
      }
      heap[at] = parent;
      at = up;
    }
    heap[at] = event;
  }

  void removeFirst() {
    @Nullable SimEvent[] heap = events;
    int last = --size;
    SimEvent moved = heap[last];
    heap[last] = null;
    if (last == 0 || moved == null) {
      return;
    }
    int at = 0;
    int half = last >>> 1;
    while (at < half) {
      int child = 2 * at + 1;
      SimEvent least = heap[child];
      SimEvent right = child + 1 < last ? heap[child + 1] : null;
      if (right != null && least != null && right.before(least)) {
        child++;
        least = right;
      }
      if (least == null || moved.before(least)) {
        break;
      }
      heap[at] = least;
      at = child;
    }
    heap[at] = moved;
  }

  void forEach(Consumer<SimEvent> action) {
    for (int i = 0; i < size; i++) {
      SimEvent event = events[i];
      if (event != null) {
        action.accept(event);
      }
    }
  }
}
