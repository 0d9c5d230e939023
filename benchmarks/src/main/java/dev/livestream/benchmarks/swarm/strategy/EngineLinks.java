package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Input;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.transport.sim.SimConnection;
import dev.livestream.transport.sim.SimConnectionHandler;
import dev.livestream.transport.sim.SimEndpoint;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of an engine on a simulated host, one for each peer, as {@code
 * dev.livestream.node} keeps them. What happens on them becomes the engine's inputs.
 */
final class EngineLinks implements SimConnectionHandler {
  private static final long MEASURE_EVERY = 120_000;

  private final SimPeer self;
  private final PeerId id;
  private final Consumer<Input> inputs;
  private final SimEndpoint endpoint;
  private final Map<PeerId, SimConnection> connections = new LinkedHashMap<>();
  private boolean stopped;
  private long measuredAt;

  /** What is kept with a connection. */
  private static final class Path {
    final boolean dialled;
    final @Nullable PeerId expected;
    @Nullable PeerId peer;
    boolean current;

    Path(boolean dialled, @Nullable PeerId expected) {
      this.dialled = dialled;
      this.expected = expected;
    }
  }

  /** Messages that travel in one frame. */
  private record ControlFrame(List<Message> messages) {}

  /**
   * No connections yet.
   *
   * @param door decides about those that others open
   * @param inputs takes what the engine is to be told
   */
  EngineLinks(SimPeer self, SimEndpoint.Acceptor door, Consumer<Input> inputs) {
    this.self = self;
    this.id = self.identity().id();
    this.inputs = inputs;
    this.endpoint = self.open(door);
  }

  // ---- what the engine wants done

  void dial(PeerAddress address, @Nullable PeerId expected) {
    if (address.equals(self.address())) {
      throw new IllegalStateException(self + " dials itself");
    }
    endpoint.dial(address, this).attach(new Path(true, expected));
  }

  void say(PeerId peer, List<Message> messages) {
    SimConnection connection = find(peer);
    if (connection != null) {
      connection.sendControl(MessageCodec.encodedBytes(messages), new ControlFrame(messages));
    }
  }

  /** Sends a chunk; false if the peer is not connected any more. */
  boolean send(PeerId peer, long transfer, Chunk chunk, long deadlineMicros) {
    SimConnection connection = find(peer);
    if (connection == null) {
      return false;
    }
    connection.sendChunk(
        transfer,
        chunk.frameBytes(),
        chunk.payloadBytes(),
        chunk.proof().encodedSize(),
        deadlineMicros,
        chunk);
    return true;
  }

  void cancel(PeerId peer, long transfer) {
    SimConnection connection = connections.get(peer);
    if (connection != null) {
      connection.cancel(transfer);
    }
  }

  void disconnect(PeerId peer, CloseReason reason) {
    SimConnection connection = connections.remove(peer);
    if (connection != null) {
      pathOf(connection).current = false;
      connection.close(reason);
    }
  }

  /** Closes all, each with a word. */
  void leave() {
    for (PeerId peer : List.copyOf(connections.keySet())) {
      disconnect(peer, CloseReason.LEAVING);
    }
  }

  /** Forgets all without a word, and hears nothing more. */
  void stop() {
    stopped = true;
    connections.values().forEach(connection -> pathOf(connection).current = false);
    connections.clear();
    endpoint.close();
  }

  private @Nullable SimConnection find(PeerId peer) {
    if (peer.equals(id)) {
      throw new IllegalStateException(self + " sends to itself");
    }
    return connections.get(peer);
  }

  // ---- what happens on the connections

  @Nullable SimConnectionHandler accept(SimConnection connection) {
    if (stopped) {
      return null;
    }
    connection.attach(new Path(false, null));
    return this;
  }

  private static Path pathOf(SimConnection connection) {
    if (connection.attachment() instanceof Path path) {
      return path;
    }
    throw new IllegalStateException("a connection that nobody opened");
  }

  @Override
  public void opened(SimConnection connection) {
    PeerId peer = ((SimPeer) connection.remote().identity()).identity().id();
    Path path = pathOf(connection);
    if (stopped) {
      connection.close(CloseReason.LEAVING);
      return;
    }
    if (path.expected != null && !path.expected.equals(peer)) {
      connection.close(CloseReason.DONE);
      inputs.accept(
          new Input.ConnectFailed(
              connection.remoteAddress(), path.expected, CloseReason.WRONG_PEER));
      return;
    }
    path.peer = peer;
    SimConnection current = connections.get(peer);
    if (current != null && isRefused(connection, current, peer)) {
      connection.close(CloseReason.DONE);
      if (path.dialled) {
        inputs.accept(
            new Input.ConnectFailed(connection.remoteAddress(), path.expected, CloseReason.DONE));
      }
      return;
    }
    if (current != null) {
      disconnect(peer, CloseReason.DONE);
      inputs.accept(new Input.Disconnected(peer, CloseReason.DONE));
    }
    path.current = true;
    connections.put(peer, connection);
    inputs.accept(new Input.Connected(peer, connection.remoteAddress(), connection.outgoing()));
    measure(connection, peer);
  }

  private boolean isRefused(SimConnection connection, SimConnection current, PeerId peer) {
    return connection.outgoing()
        ? current.outgoing() || !wins(connection, peer)
        : current.outgoing() && !wins(connection, peer);
  }

  /** Of two connections dialled from both sides, the one that the lower id dialled stays. */
  private boolean wins(SimConnection connection, PeerId peer) {
    return connection.outgoing() == (id.compareTo(peer) < 0);
  }

  @Override
  public void control(SimConnection connection, Object frame) {
    Path path = pathOf(connection);
    PeerId peer = path.peer;
    if (path.current && peer != null && frame instanceof ControlFrame control) {
      for (Message message : control.messages) {
        inputs.accept(new Input.Received(peer, message));
      }
    }
  }

  @Override
  public void chunk(SimConnection connection, Object frame) {
    Path path = pathOf(connection);
    PeerId peer = path.peer;
    if (path.current && peer != null && frame instanceof Chunk chunk) {
      self.reader().received(chunk);
      inputs.accept(new Input.ReceivedChunk(peer, chunk));
    }
  }

  /** Tells the engine what is known of its paths, now and then. */
  void measure() {
    long now = self.host().nowMicros();
    if (now - measuredAt < MEASURE_EVERY) {
      return;
    }
    measuredAt = now;
    for (SimConnection connection : List.copyOf(connections.values())) {
      PeerId peer = pathOf(connection).peer;
      if (peer != null) {
        measure(connection, peer);
      }
    }
  }

  private void measure(SimConnection connection, PeerId peer) {
    inputs.accept(new Input.PathMeasured(peer, connection.rttMicros(), connection.lastHeard()));
  }

  @Override
  public void transferEnded(SimConnection connection, long transfer, TransferOutcome outcome) {
    Path path = pathOf(connection);
    PeerId peer = path.peer;
    if (path.current && peer != null) {
      inputs.accept(new Input.TransferEnded(peer, transfer, outcome));
    }
  }

  @Override
  public void closed(SimConnection connection, CloseReason reason) {
    if (stopped) {
      return;
    }
    Path path = pathOf(connection);
    PeerId peer = path.peer;
    if (peer == null) {
      if (path.dialled) {
        inputs.accept(new Input.ConnectFailed(connection.remoteAddress(), path.expected, reason));
      }
    } else if (path.current) {
      path.current = false;
      connections.remove(peer);
      inputs.accept(new Input.Disconnected(peer, reason));
    }
  }
}
