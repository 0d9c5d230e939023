package dev.livestream.engine.membership;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.EngineContext;
import dev.livestream.engine.Output;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.PeerRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens connections: each peer once at a time, few at once, and one that failed not again for a
 * while.
 *
 * <p>A record's signature is checked here, just before the address in it is used, so that nobody
 * can make peers knock at an address that its owner did not give.
 */
public final class Dialer {
  private static final int MAX_PENDING = 24;
  private static final int MAX_FAILED = 256;
  private static final long FAILED_FOR = 10_000_000;
  // A hint may be a name; whoever answers shows another address, so a hint is never ticked off.
  private static final long HINT_RETRY = 3_000_000;

  private final EngineContext context;
  private final PeerBook book;
  private final Map<PeerId, PeerAddress> pending = new LinkedHashMap<>();
  private final Map<PeerAddress, Long> pendingHints = new LinkedHashMap<>();
  private final Map<PeerId, Long> failed = new LinkedHashMap<>();

  /** A dialer with nothing under way. */
  public Dialer(EngineContext context, PeerBook book) {
    this.context = context;
    this.book = book;
  }

  /** Whether a connection to this peer is being opened. */
  public boolean isDialing(PeerId id) {
    return pending.containsKey(id);
  }

  /** How many connections are being opened. */
  public int pending() {
    return pending.size() + pendingHints.size();
  }

  /**
   * Opens a connection to a peer, unless there is one.
   *
   * @return whether there is now a connection, or one under way
   */
  public boolean dial(PeerRecord record, long nowMicros) {
    PeerId id = record.id();
    if (id.equals(context.config().self())) {
      return false;
    }
    if (book.find(id) != null || pending.containsKey(id)) {
      return true;
    }
    if (record.addresses().isEmpty()
        || isFailed(id, nowMicros)
        || !hasRoom()
        || !context.authenticator().isGenuine(record)) {
      return false;
    }
    PeerAddress address = record.addresses().get(0);
    pending.put(id, address);
    context.outbox().emit(new Output.Connect(address, id));
    return true;
  }

  /** Opens a connection to whoever answers at an address, unless there is one. */
  public void dial(PeerAddress address, long nowMicros) {
    dial(address, HINT_RETRY, nowMicros);
  }

  /**
   * The same, whatever became of earlier attempts: one that was made while nobody was there ends
   * after seconds only, and who comes back is not to wait for it. How often is up to the caller.
   */
  public void knock(PeerAddress address, long nowMicros) {
    dial(address, 0, nowMicros);
  }

  private void dial(PeerAddress address, long retry, long nowMicros) {
    Long since = pendingHints.get(address);
    if (hasRoom()
        && (since == null || nowMicros - since > retry)
        && book.count(peer -> peer.address().equals(address)) == 0) {
      pendingHints.put(address, nowMicros);
      context.outbox().emit(new Output.Connect(address, null));
    }
  }

  private boolean hasRoom() {
    return pending() < MAX_PENDING && book.size() + pending() < context.tuning().maxConnections();
  }

  /** Whether a peer could not be reached lately. */
  public boolean isFailed(PeerId id, long nowMicros) {
    Long at = failed.get(id);
    return at != null && nowMicros - at < FAILED_FOR;
  }

  /** Notes that a peer is connected, whoever opened the connection. */
  public void connected(PeerId id, PeerAddress address) {
    pending.remove(id);
    pendingHints.remove(address);
    failed.remove(id);
  }

  /** Notes that an address of a link did not answer. */
  public void hintFailed(PeerAddress address) {
    pendingHints.remove(address);
  }

  /** Notes that a peer could not be reached, or was found dead or harmful. */
  public void failed(PeerId id, long nowMicros) {
    pending.remove(id);
    if (failed.size() >= MAX_FAILED) {
      failed.remove(failed.keySet().iterator().next());
    }
    failed.put(id, nowMicros);
  }
}
