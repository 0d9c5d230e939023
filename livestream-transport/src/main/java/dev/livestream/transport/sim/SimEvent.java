package dev.livestream.transport.sim;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens at a moment of virtual time. It can wait for one moment only; once it has
 * run it may be scheduled again, so that a hot path need not make a new object each time.
 */
public abstract class SimEvent {
  long due;
  long order;
  boolean pending;
  @Nullable SimEvent next;

  /** For subclasses. */
  protected SimEvent() {}

  /** What happens. Runs with {@link VirtualTime#nowMicros} at the moment it was scheduled for. */
  protected abstract void run();

  /** Whether it waits for its moment. */
  public final boolean isPending() {
    return pending;
  }

  /** The moment it waits for, or last ran at, in microseconds. */
  public final long timeMicros() {
    return due;
  }

  final boolean before(SimEvent other) {
    return due != other.due ? due < other.due : order < other.order;
  }
}
