package dev.livestream.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One peer's part in one stream: the whole protocol, without I/O.
 *
 * <h2>How to drive it</h2>
 *
 * <ol>
 *   <li>{@link #handle} once for everything that happens, with the time it happened.
 *   <li>{@link #tick} when {@link #nextTimeout} has come.
 *   <li>After either, {@link #poll} until it gives null, carrying out each output in order.
 * </ol>
 *
 * Time never goes back between calls. The same calls with the same random generator give the same
 * outputs. Not thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class SwarmEngine {
  private final Deque<Output> outputs = new ArrayDeque<>();

  /** Makes an engine that knows nobody yet. */
  public SwarmEngine(
      EngineConfig config, Authenticator authenticator, RandomGenerator random, long nowMicros) {}

  /** Takes in what has happened. */
  public void handle(Input input, long nowMicros) {}

  /** Does what is due by now. */
  public void tick(long nowMicros) {}

  /** When {@link #tick} wants to be called next; {@link Long#MAX_VALUE} for never. */
  public long nextTimeout() {
    return Long.MAX_VALUE;
  }

  /** The next output, or null if there is none for now. */
  public @Nullable Output poll() {
    return outputs.poll();
  }

  /** The counters. */
  public EngineStats stats() {
    throw new IllegalStateException("in the making");
  }

  /** Who serves this peer and whom it serves, substream by substream. */
  public Topology topology() {
    throw new IllegalStateException("in the making");
  }

  /**
   * Whether everything that peers could still want from this one has been fetched by those
   * connected.
   */
  public boolean drained() {
    return true;
  }
}
