package dev.livestream.examples.media;

import dev.livestream.Broadcaster;
import java.io.IOException;

/** Hands media to a broadcaster: in time, frame by frame, with its key frames marked. */
public final class MediaFeed implements MediaSink {
  private final Broadcaster broadcaster;
  private final Pace pace;
  private long bytes;

  /** When a unit is due. */
  public interface Pace {
    /** At once: the input is live. */
    Pace AS_IT_COMES = (unit, bytesBefore) -> {};

    /**
     * Waits until a unit is due.
     *
     * @param bytesBefore how many bytes went before it
     * @throws InterruptedException if told to stop
     */
    void await(MediaUnit unit, long bytesBefore) throws InterruptedException;

    /** By the media's own clock. */
    static Pace byClock() {
      Pacer pacer = new Pacer();
      return (unit, bytesBefore) -> pacer.await(Math.max(0, unit.micros()));
    }

    /** At a constant rate in bits per second. */
    static Pace byRate(long bitrate) {
      Pacer pacer = new Pacer();
      return (unit, bytesBefore) -> pacer.await(bytesBefore * 8_000_000 / bitrate);
    }
  }

  /**
   * A feed.
   *
   * @param broadcaster takes the media
   * @param pace when
   */
  public MediaFeed(Broadcaster broadcaster, Pace pace) {
    this.broadcaster = broadcaster;
    this.pace = pace;
  }

  @Override
  public void accept(MediaUnit unit) throws IOException, InterruptedException {
    pace.await(unit, bytes);
    if (unit.keyFrame()) {
      broadcaster.keyFrame();
    }
    bytes += unit.size();
    broadcaster.write(unit.data());
    if (unit.frameEnd()) {
      broadcaster.flush();
    }
  }
}
