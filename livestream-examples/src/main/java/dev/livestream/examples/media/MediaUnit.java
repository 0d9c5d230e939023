package dev.livestream.examples.media;

import java.nio.ByteBuffer;

/**
 * A piece of media that belongs together, usually one picture and the sound beside it.
 *
 * @param data its bytes, from position to limit; read-only
 * @param keyFrame whether a decoder can start here
 * @param micros when it is due on the media's own clock, in microseconds from the start; {@link
 *     #UNTIMED} if the container does not say
 * @param frameEnd whether a picture is complete with it
 */
public record MediaUnit(ByteBuffer data, boolean keyFrame, long micros, boolean frameEnd) {
  /** The time of a unit without one. */
  public static final long UNTIMED = -1;

  /** Makes the data read-only: units are shared by many readers. */
  public MediaUnit {
    data = data.asReadOnlyBuffer();
  }

  /** A view of the data with a position of its own. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  /** How many bytes it has. */
  public int size() {
    return data.remaining();
  }
}
