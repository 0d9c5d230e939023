package dev.livestream.transport.quic;

import dev.livestream.spi.TransferOutcome;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Reports ended transfers in tasks of their own: a transfer may end before its sender has been told
 * its number, or while the sender is busy with something else.
 */
final class EndedTransfers {
  private final Executor loop;
  private final ChunkSender.Ended report;
  private final ArrayDeque<End> ends = new ArrayDeque<>();
  private boolean scheduled;

  private record End(long transfer, TransferOutcome outcome) {}

  EndedTransfers(Executor loop, ChunkSender.Ended report) {
    this.loop = loop;
    this.report = report;
  }

  void add(long transfer, TransferOutcome outcome) {
    ends.add(new End(transfer, outcome));
    schedule();
  }

  /** The connection is closed: nothing is reported any more. */
  void clear() {
    ends.clear();
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      loop.execute(this::reportKnown);
    }
  }

  /** Only those known now: what ends meanwhile waits for the next task, and others get a turn. */
  private void reportKnown() {
    scheduled = false;
    for (int count = ends.size(); count > 0 && !ends.isEmpty(); count--) {
      End end = ends.removeFirst();
      report.transferEnded(end.transfer(), end.outcome());
    }
    if (!ends.isEmpty()) {
      schedule();
    }
  }
}
