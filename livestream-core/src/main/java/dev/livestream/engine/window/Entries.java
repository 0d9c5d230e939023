package dev.livestream.engine.window;

import dev.livestream.crypto.ChunkMeta;

/**
 * Where in an epoch newcomers can start: at which chunk, how much has passed since, and how far
 * such places lie apart.
 *
 * <p>Any chunk tells how many chunks before it the last such place is. When it was written is known
 * to a frame or so if the first chunk itself has not come.
 */
public final class Entries {
  private long latest = -1;
  private long latestAt;
  private long newestAt;
  private long interval;

  void note(ChunkMeta meta) {
    long entry = meta.keyFrameSequence();
    long writtenAt = meta.timestampMicros();
    if (entry > latest) {
      interval = latest < 0 ? 0 : writtenAt - latestAt;
      latest = entry;
      latestAt = writtenAt;
    } else if (entry == latest) {
      latestAt = Math.min(latestAt, writtenAt);
    }
    newestAt = Math.max(newestAt, writtenAt);
  }

  /** The latest chunk that a newcomer can start at; -1 if none is known. */
  public long latest() {
    return latest;
  }

  /** How much of the stream has passed since that was written. */
  public int passedMillis() {
    return millis(newestAt - latestAt);
  }

  /** How far the last two places lie apart; 0 if that is not known. */
  public int intervalMillis() {
    return millis(interval);
  }

  private static int millis(long micros) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, micros / 1_000));
  }
}
