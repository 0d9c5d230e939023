package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.transport.sim.SimConnection;
import dev.livestream.transport.sim.SimConnectionHandler;
import dev.livestream.transport.sim.SimEndpoint;
import dev.livestream.wire.Chunk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the yardsticks have in common: connections, and a play-out. Chunks travel in the product's
 * frames and are taken as genuine; no time is charged for checking them.
 */
abstract class YardstickPeer implements PeerLogic, SimConnectionHandler {
  /** A hello with a signed record, as long as the product's. */
  static final int HELLO_BYTES = 300;

  final World world;
  final SimPeer self;
  final SimEndpoint endpoint;
  final InOrderPlayout playout;
  final List<SimConnection> open = new ArrayList<>();
  private final List<SimPeer> dialling = new ArrayList<>();
  private boolean stopped;

  YardstickPeer(World world, SimPeer self) {
    this.world = world;
    this.self = self;
    this.playout = new InOrderPlayout(world, self);
    this.endpoint = self.open(this::accept);
  }

  /** A connection has come up. */
  abstract void connected(SimConnection connection);

  /** A control frame has come. */
  abstract void heard(SimConnection connection, Object frame);

  /** A chunk has come. */
  abstract void arrived(SimConnection connection, Chunk chunk, int index);

  /** A connection is gone, or could not be opened. */
  abstract void lost(SimConnection connection);

  /** Whether it takes another connection. */
  abstract boolean hasRoom();

  final boolean isStopped() {
    return stopped || !self.host().alive();
  }

  final void dial(SimPeer peer) {
    if (!isConnected(peer) && !peer.equals(self)) {
      SimConnection connection = endpoint.dial(peer.address(), this);
      connection.attach(peer);
      dialling.add(peer);
    }
  }

  final int dialling() {
    return dialling.size();
  }

  final boolean isConnected(SimPeer peer) {
    if (dialling.contains(peer)) {
      return true;
    }
    for (SimConnection connection : open) {
      if (connection.remote().identity().equals(peer)) {
        return true;
      }
    }
    return false;
  }

  /** Sends a chunk under its own number, to be dropped if it has not begun to leave by a moment. */
  final void send(SimConnection connection, int index, long deadlineMicros) {
    Chunk chunk = world.published().chunk(index);
    connection.sendChunk(
        index,
        chunk.frameBytes(),
        chunk.payloadBytes(),
        chunk.proof().encodedSize(),
        deadlineMicros,
        chunk);
  }

  final long deadline(int index) {
    return world.published().writtenMicros(index) + world.scenario().playoutDelayMs() * 1_000L;
  }

  @Override
  public final @Nullable SimConnectionHandler accept(SimConnection connection) {
    return isStopped() || !hasRoom() ? null : this;
  }

  @Override
  public final void opened(SimConnection connection) {
    if (connection.attachment() instanceof SimPeer peer) {
      dialling.remove(peer);
    }
    if (isStopped() || isTwin(connection)) {
      connection.close(CloseReason.DONE);
      return;
    }
    open.add(connection);
    if (connection.outgoing()) {
      connection.sendControl(HELLO_BYTES, "hello");
    }
    connected(connection);
  }

  // Of two connections between the same two, the one that the lower id dialled stays.
  private boolean isTwin(SimConnection connection) {
    for (SimConnection other : open) {
      if (other.remote().equals(connection.remote())) {
        PeerId own = self.identity().id();
        PeerId theirs = ((SimPeer) connection.remote().identity()).identity().id();
        boolean wins = connection.outgoing() == (own.compareTo(theirs) < 0);
        if (!wins || connection.outgoing() == other.outgoing()) {
          return true;
        }
        open.remove(other);
        other.close(CloseReason.DONE);
        return false;
      }
    }
    return false;
  }

  @Override
  public final void control(SimConnection connection, Object frame) {
    if (!isStopped()) {
      heard(connection, frame);
    }
  }

  @Override
  public final void chunk(SimConnection connection, Object frame) {
    if (!isStopped() && frame instanceof Chunk chunk) {
      self.reader().received(chunk);
      arrived(connection, chunk, world.published().index(chunk));
    }
  }

  @Override
  public void transferEnded(SimConnection connection, long transfer, TransferOutcome outcome) {}

  @Override
  public final void closed(SimConnection connection, CloseReason reason) {
    if (connection.attachment() instanceof SimPeer peer) {
      dialling.remove(peer);
    }
    open.remove(connection);
    if (!isStopped()) {
      lost(connection);
    }
  }

  @Override
  public final void leave() {
    for (SimConnection connection : List.copyOf(open)) {
      connection.close(CloseReason.LEAVING);
    }
    stop();
  }

  @Override
  public final void stop() {
    stopped = true;
    open.clear();
    endpoint.close();
  }
}
