package dev.livestream.node;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of the engine's transfers is which of a connection's, while they are under way. */
final class Transfers {
  private final Map<Long, Long> toConnection = new HashMap<>();
  private final Map<Long, Long> toEngine = new HashMap<>();

  void begin(long engineTransfer, long connectionTransfer) {
    toConnection.put(engineTransfer, connectionTransfer);
    toEngine.put(connectionTransfer, engineTransfer);
  }

  /** The engine's number of a transfer that has ended, or null if it is not known (any more). */
  @Nullable Long end(long connectionTransfer) {
    Long engineTransfer = toEngine.remove(connectionTransfer);
    if (engineTransfer != null) {
      toConnection.remove(engineTransfer);
    }
    return engineTransfer;
  }

  /** The connection's number of a transfer, or null if it has ended. */
  @Nullable Long onConnection(long engineTransfer) {
    return toConnection.get(engineTransfer);
  }

  int size() {
    return toConnection.size();
  }
}
