package dev.livestream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Turns pieces into bytes for a reader, one reader at a time, and tells of gaps at their place. */
final class MediaReader {
  private final ReentrantLock lock = new ReentrantLock();
  private final MediaQueue queue;
  private final Participation participation;
  private @Nullable Media current;
  private ByteBuffer rest = ByteBuffer.allocate(0);
  private Media.@Nullable End end;
  private volatile Media.@Nullable Gap lastGap;
  private final AtomicLong gaps = new AtomicLong();
  private final AtomicLong position = new AtomicLong();

  MediaReader(MediaQueue queue, Participation participation) {
    this.queue = queue;
    this.participation = participation;
  }

  int read(ByteBuffer target) throws IOException {
    participation.refuseOnLoop("read");
    enter();
    try {
      if (!target.hasRemaining()) {
        return 0;
      }
      while (!rest.hasRemaining()) {
        if (end != null) {
          return -1;
        }
        begin(take());
      }
      int count = copy(target);
      // As much as is there, but never across a gap or into another run.
      while (target.hasRemaining()) {
        Media.Data more = queue.pollData();
        if (more == null) {
          break;
        }
        begin(more);
        count += copy(target);
      }
      return count;
    } finally {
      lock.unlock();
    }
  }

  Media next() throws IOException {
    participation.refuseOnLoop("nextChunk");
    enter();
    try {
      Media.End ended = end;
      if (!rest.hasRemaining() && ended != null) {
        return ended;
      }
      if (!rest.hasRemaining()) {
        begin(take());
      }
      return takeCurrent();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes for a reader that must not wait: null if there are none for now. */
  @Nullable ByteBuffer poll() {
    lock.lock();
    try {
      while (!rest.hasRemaining() && end == null) {
        Media next = queue.poll();
        if (next == null) {
          return null;
        }
        begin(next);
      }
      if (!rest.hasRemaining()) {
        return null;
      }
      ByteBuffer bytes = rest.slice();
      advance(rest.remaining());
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  boolean isAtEnd() {
    lock.lock();
    try {
      return end != null && !rest.hasRemaining();
    } finally {
      lock.unlock();
    }
  }

  int available() {
    lock.lock();
    try {
      return (int) Math.min(Integer.MAX_VALUE, rest.remaining() + queue.readyBytes());
    } finally {
      lock.unlock();
    }
  }

  Optional<Media.Gap> lastGap() {
    return Optional.ofNullable(lastGap);
  }

  long gaps() {
    return gaps.get();
  }

  long position() {
    return position.get();
  }

  private void enter() throws IOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    if (queue.isClosed()) {
      lock.unlock();
      throw new ClosedChannelException();
    }
  }

  private Media take() throws IOException {
    try {
      Media next = queue.take();
      if (next == null) {
        throw new AsynchronousCloseException();
      }
      return next;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void begin(Media media) {
    current = media;
    if (media instanceof Media.Data data) {
      rest = data.bytes().slice();
    } else if (media instanceof Media.Header header) {
      rest = ByteBuffer.wrap(header.info().header()).asReadOnlyBuffer();
    } else if (media instanceof Media.Gap gap) {
      lastGap = gap;
      gaps.incrementAndGet();
      participation.events().emit(new StreamEvent.Missed(gap, position.get()));
    } else if (media instanceof Media.End ended) {
      end = ended;
    }
  }

  private Media takeCurrent() {
    Media media = current;
    if (media == null) {
      throw new AssertionError("bytes are left of a piece that is not there");
    }
    if (media instanceof Media.Data data && rest.remaining() < data.bytes().remaining()) {
      media =
          new Media.Data(
              rest.slice(),
              data.sequence(),
              data.epoch(),
              data.timestamp(),
              false,
              data.priority());
    }
    advance(rest.remaining());
    return media;
  }

  private int copy(ByteBuffer target) {
    int count = Math.min(target.remaining(), rest.remaining());
    target.put(rest.slice(rest.position(), count));
    advance(count);
    return count;
  }

  private void advance(int count) {
    rest.position(rest.position() + count);
    position.addAndGet(count);
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while reading");
  }
}
