package dev.livestream.node;

import dev.livestream.wire.Message;
import java.util.List;

/**
 * How much one peer may say.
 *
 * <p>A correct peer says some ten messages a second, and for moments a few hundred: when it joins,
 * or when it asks for many chunks one by one. The limits are ten times that, so that only a peer
 * that means harm, or is broken, meets them. Messages whose signatures or keys cost time to check
 * count for more: at the limit a peer costs a few percent of a core.
 */
final class ControlLimit {
  private static final long BYTES_PER_SECOND = 256 * 1024;
  private static final long BYTES_BURST = 1024 * 1024;
  private static final long COST_PER_SECOND = 1_000;
  private static final long COST_BURST = 4_000;
  private static final long COST_OF_FRAME = 1;
  private static final long COST_OF_SIGNED = 20;

  private final TokenBucket bytes;
  private final TokenBucket cost;

  ControlLimit(long nowMicros) {
    this.bytes = new TokenBucket(BYTES_PER_SECOND, BYTES_BURST, nowMicros);
    this.cost = new TokenBucket(COST_PER_SECOND, COST_BURST, nowMicros);
  }

  /** Whether a frame may be decoded. */
  boolean allowsFrame(int frameBytes, long nowMicros) {
    return bytes.take(frameBytes, nowMicros) && cost.take(COST_OF_FRAME, nowMicros);
  }

  /** Whether the messages of a frame may be handled. */
  boolean allowsMessages(List<Message> messages, long nowMicros) {
    long sum = 0;
    for (Message message : messages) {
      boolean signed =
          message instanceof Message.Hello || message instanceof Message.ManifestUpdate;
      sum += signed ? COST_OF_SIGNED : 1;
    }
    return cost.take(sum, nowMicros);
  }
}
