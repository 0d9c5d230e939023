package dev.livestream.engine.pull;

import dev.livestream.wire.Chunk;

/**
 * What a viewer that was cut off need not ask for any more.
 *
 * <p>Whoever has had nothing for a long while and then hears of the stream again lacks all that was
 * written meanwhile, and learns of all of it at the same moment: nothing tells how old it is. Were
 * it asked for, half a swarm that comes back would ask the other half for its whole window, just
 * when all uplinks are needed for the present. So until a chunk comes only the latest are asked for
 * of which others tell, and from then on nothing that was written, by the stream's rate, too long
 * before that one to be still in time (docs/decisions, 0038).
 *
 * <p>Others may lie about what there is: what they say counts until a genuine chunk comes, no
 * longer.
 */
public final class Absence {
  // Longer than a host that stood still has grace for: what comes to that may still be of use.
  private static final long LONG = 4_000_000;
  // Fewer are no burden, and all there is of a slow stream.
  private static final int MANY = 64;
  private static final int LATEST = 16;
  // The first chunk to come has been on its way for some time, and so is what is asked for then.
  private static final double IN_TIME = 0.3;
  private static final double MICROS = 1_000_000;

  private final long target;
  private long end;
  private long newest;
  private long heardAt;
  private long provedFrom;
  private long claimedFrom;

  /**
   * Nothing has been missed yet.
   *
   * @param target how old may be what is played, in microseconds
   */
  public Absence(long target) {
    this.target = target;
  }

  /** A genuine chunk has come. */
  public void heard(Chunk chunk, double chunksPerSecond, long nowMicros) {
    long sequence = chunk.sequence();
    long timestamp = chunk.meta().timestampMicros();
    if (isFarBeyond(sequence) && timestamp - newest > LONG) {
      provedFrom = sequence - (long) (IN_TIME * target * chunksPerSecond / MICROS);
    }
    end = Math.max(end, sequence + 1);
    newest = Math.max(newest, timestamp);
    heardAt = nowMicros;
    claimedFrom = 0;
  }

  private boolean isFarBeyond(long sequence) {
    return end > 0 && sequence > end + MANY;
  }

  /**
   * Goes on, before anything is asked for.
   *
   * @param claimed one more than the latest chunk that is said to exist
   */
  public void tick(long claimed, long nowMicros) {
    boolean cutOff = isFarBeyond(claimed) && nowMicros - heardAt > LONG;
    claimedFrom = cutOff ? claimed - LATEST : 0;
  }

  /** The first chunk that is still worth asking for, as far as this goes. */
  public long from() {
    return Math.max(provedFrom, claimedFrom);
  }

  /** Before which chunk nothing will be asked for any more. */
  public long over() {
    return provedFrom;
  }

  /** The stream begins anew. */
  public void restart() {
    end = 0;
    newest = 0;
    provedFrom = 0;
    claimedFrom = 0;
  }
}
