package dev.livestream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the reader, bounded in bytes.
 *
 * <p>The loop puts in and never waits. When there is no room the oldest goes, and in the place of
 * data stands a gap. Gaps next to each other become one. Of the headers in front of the oldest data
 * only the last is kept, since the others have no data any more.
 */
final class MediaQueue {
  /**
   * Bytes that a piece is taken to cost besides its payload, so that empty ones are bounded too.
   */
  private static final int OVERHEAD = 256;

  /** Most gaps in front of the oldest data: one for each run of the broadcaster that went by. */
  private static final int MOST_GAPS = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Media> items = new ArrayDeque<>();
  private final long capacity;
  private long held;
  private long ready;
  private long dropped;
  private boolean closed;
  private Runnable onAvailable = () -> {};

  MediaQueue(int capacityBytes) {
    this.capacity = capacityBytes;
  }

  /** Called on the loop, or wherever the queue is closed, when there is something to take. */
  void onAvailable(Runnable listener) {
    lock.lock();
    try {
      onAvailable = listener;
    } finally {
      lock.unlock();
    }
  }

  /** Puts in the next piece; gives up the oldest data if there is no room. */
  void put(Media media) {
    Runnable listener;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      add(items, media);
      makeRoom();
      changed.signalAll();
      listener = onAvailable;
    } finally {
      lock.unlock();
    }
    listener.run();
  }

  private void makeRoom() {
    if (held <= capacity) {
      return;
    }
    Deque<Media> front = new ArrayDeque<>();
    while (held > capacity && items.size() > 1) {
      Media oldest = remove(items.removeFirst());
      if (oldest instanceof Media.Data data) {
        dropped++;
        add(front, gapFor(data));
      } else {
        if (oldest instanceof Media.Header) {
          front.stream().filter(each -> each instanceof Media.Header).forEach(this::remove);
          front.removeIf(each -> each instanceof Media.Header);
        }
        add(front, oldest);
      }
      if (front.size() > MOST_GAPS) {
        remove(front.removeFirst());
      }
    }
    while (!front.isEmpty()) {
      items.addFirst(front.removeLast());
    }
  }

  private static Media.Gap gapFor(Media.Data data) {
    return new Media.Gap(
        data.epoch(), data.sequence(), data.sequence() + 1, Media.Gap.Cause.READER_SLOW);
  }

  /** Adds a piece at the end; a gap that continues the one before it is joined to it. */
  private void add(Deque<Media> to, Media media) {
    Media added = media;
    if (media instanceof Media.Gap gap
        && to.peekLast() instanceof Media.Gap previous
        && previous.epoch() == gap.epoch()
        && previous.to() == gap.from()) {
      remove(to.removeLast());
      // What nobody read in time hides what had not come in time.
      boolean lost = previous.cause() == gap.cause() && gap.cause() == Media.Gap.Cause.LOST;
      added =
          new Media.Gap(
              gap.epoch(),
              previous.from(),
              gap.to(),
              lost ? Media.Gap.Cause.LOST : Media.Gap.Cause.READER_SLOW);
    }
    to.addLast(added);
    held += payload(added) + OVERHEAD;
    ready += payload(added);
  }

  private Media remove(Media media) {
    held -= payload(media) + OVERHEAD;
    ready -= payload(media);
    return media;
  }

  /** The next piece; waits for it. Null once closed. */
  @Nullable Media take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (items.isEmpty() && !closed) {
        changed.await();
      }
      return poll();
    } finally {
      lock.unlock();
    }
  }

  /** The next piece, or null if there is none for now. */
  @Nullable Media poll() {
    lock.lock();
    try {
      Media next = closed ? null : items.pollFirst();
      return next == null ? null : remove(next);
    } finally {
      lock.unlock();
    }
  }

  /** The next piece if it is data, or null. */
  Media.@Nullable Data pollData() {
    lock.lock();
    try {
      return items.peekFirst() instanceof Media.Data && poll() instanceof Media.Data data
          ? data
          : null;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that can be read without waiting. */
  long readyBytes() {
    lock.lock();
    try {
      return ready;
    } finally {
      lock.unlock();
    }
  }

  /** Chunks given up so far. */
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Lets everyone go who waits, and drops what is left. */
  void close() {
    Runnable listener;
    lock.lock();
    try {
      closed = true;
      items.clear();
      held = 0;
      ready = 0;
      changed.signalAll();
      listener = onAvailable;
    } finally {
      lock.unlock();
    }
    listener.run();
  }

  private static long payload(Media media) {
    if (media instanceof Media.Data data) {
      return data.bytes().remaining();
    }
    return media instanceof Media.Header header ? header.info().header().length : 0;
  }
}
