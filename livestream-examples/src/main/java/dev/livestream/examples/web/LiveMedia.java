package dev.livestream.examples.web;

import dev.livestream.examples.media.MediaSink;
import dev.livestream.examples.media.MediaUnit;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One live stream for any number of listeners on this machine.
 *
 * <p>A listener gets the header, then units from the latest key frame on. One that does not keep up
 * loses what it has not taken and goes on at the next key frame: it costs bounded memory, and
 * nobody waits for it. Thread-safe.
 */
public final class LiveMedia implements MediaSink {
  private static final int MAX_KEPT_BYTES = 8 << 20;
  private static final int MAX_WAITING_BYTES = 8 << 20;

  private final List<MediaUnit> sinceKeyFrame = new ArrayList<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private String contentType = "application/octet-stream";
  private byte[] header = {};
  private int keptBytes;
  private boolean ended;
  private boolean begun;

  /** Begins a stream, or begins it anew: listeners of an earlier one are sent away. */
  public synchronized void begin(String type, byte[] streamHeader) {
    contentType = type;
    header = streamHeader.clone();
    forget();
    dismiss();
    begun = true;
    ended = false;
    notifyAll();
  }

  @Override
  public synchronized void accept(MediaUnit unit) {
    if (unit.keyFrame()) {
      forget();
    }
    boolean whole = unit.keyFrame() || !sinceKeyFrame.isEmpty();
    if (whole && keptBytes + unit.size() <= MAX_KEPT_BYTES) {
      sinceKeyFrame.add(unit);
      keptBytes += unit.size();
    } else {
      forget();
    }
    for (Listener listener : listeners) {
      listener.offer(unit);
    }
  }

  /** Notes that media is missing here: everybody goes on at the next key frame. */
  public synchronized void gap() {
    forget();
    listeners.forEach(Listener::skipToKeyFrame);
  }

  /** Ends the stream: listeners take what is left and go. */
  public synchronized void end() {
    ended = true;
    forget();
    dismiss();
    notifyAll();
  }

  private void forget() {
    sinceKeyFrame.clear();
    keptBytes = 0;
  }

  private void dismiss() {
    listeners.forEach(Listener::finish);
    listeners.clear();
  }

  /**
   * Adds a listener. Waits for the stream to begin.
   *
   * @throws InterruptedException if told to stop while waiting
   */
  Listener listen() throws InterruptedException {
    synchronized (this) {
      while (!begun && !ended) {
        wait();
      }
      Listener listener = new Listener(contentType, header);
      sinceKeyFrame.forEach(listener::offer);
      if (ended) {
        listener.finish();
      } else {
        listeners.add(listener);
      }
      return listener;
    }
  }

  /** One player's place in the stream. */
  final class Listener implements AutoCloseable {
    private final Deque<MediaUnit> waiting = new ArrayDeque<>();
    private final String type;
    private final byte[] start;
    private int waitingBytes;
    private boolean wantsKeyFrame = true;
    private boolean finished;

    private Listener(String type, byte[] start) {
      this.type = type;
      this.start = start;
    }

    String contentType() {
      return type;
    }

    ByteBuffer header() {
      return ByteBuffer.wrap(start).asReadOnlyBuffer();
    }

    private synchronized void offer(MediaUnit unit) {
      if (waitingBytes + unit.size() > MAX_WAITING_BYTES) {
        skipToKeyFrame();
      }
      if (wantsKeyFrame && !unit.keyFrame()) {
        return;
      }
      wantsKeyFrame = false;
      waiting.add(unit);
      waitingBytes += unit.size();
      notifyAll();
    }

    private synchronized void skipToKeyFrame() {
      waiting.clear();
      waitingBytes = 0;
      wantsKeyFrame = true;
    }

    private synchronized void finish() {
      finished = true;
      notifyAll();
    }

    /**
     * The next units, at least one; none at all when the stream has ended.
     *
     * @throws InterruptedException if told to stop while waiting
     */
    synchronized List<MediaUnit> take() throws InterruptedException {
      while (waiting.isEmpty() && !finished) {
        wait();
      }
      List<MediaUnit> taken = List.copyOf(waiting);
      waiting.clear();
      waitingBytes = 0;
      return taken;
    }

    @Override
    public void close() {
      listeners.remove(this);
    }
  }
}
