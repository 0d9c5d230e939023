package dev.livestream.engine.pull;

/** When each chunk was first known to exist: a ring over the window, extended in order. */
final class Evidence {
  private final long[] since;
  private long end;

  Evidence(int windowChunks) {
    since = new long[windowChunks];
  }

  /** One more than the highest chunk known to exist. */
  long end() {
    return end;
  }

  /** The lowest chunk still spoken of. */
  long base() {
    return Math.max(0, end - since.length);
  }

  /** All chunks before this number exist. */
  void extend(long newEnd, long nowMicros) {
    for (long sequence = Math.max(end, newEnd - since.length); sequence < newEnd; sequence++) {
      since[slot(sequence)] = nowMicros;
    }
    end = Math.max(end, newEnd);
  }

  /** When a chunk was first known to exist. */
  long since(long sequence) {
    return since[slot(sequence)];
  }

  void clear() {
    end = 0;
  }

  private int slot(long sequence) {
    return (int) (sequence & since.length - 1);
  }
}
