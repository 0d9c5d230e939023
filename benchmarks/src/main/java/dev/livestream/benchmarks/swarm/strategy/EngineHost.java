package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Authenticator;
import dev.livestream.engine.EngineConfig;
import dev.livestream.engine.EngineEvent;
import dev.livestream.engine.Input;
import dev.livestream.engine.Output;
import dev.livestream.engine.SwarmEngine;
import dev.livestream.engine.Topology;
import dev.livestream.engine.Tuning;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.transport.sim.SimConnection;
import dev.livestream.transport.sim.SimConnectionHandler;
import dev.livestream.transport.sim.SimEndpoint;
import dev.livestream.transport.sim.SimEvent;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Runs the product's engine on a simulated host: does for it what a node does in the product, with
 * objects in the place of frames. Every frame is charged at the length that the product's codec
 * gives it; only the bytes themselves are not made.
 */
final class EngineHost implements PeerLogic, SimConnectionHandler {
  private static final long MEASURE_EVERY = 1_000_000;
  private static final long CHARGE_EVERY = 100_000;
  private static final long ASK_AGAIN_AFTER = 1_000_000;
  private static final int MOST_TICKS_AT_ONCE = 1_000;

  private final World world;
  private final SimPeer self;
  private final PeerId id;
  private final Hybrid strategy;
  private final SwarmEngine engine;
  private final SimEndpoint endpoint;
  private final Map<PeerId, SimConnection> connections = new LinkedHashMap<>();
  private final Queue<Input> inbox = new ArrayDeque<>();
  private boolean driving;
  private boolean stopped;
  private long armedFor = Long.MAX_VALUE;
  private long lastTickAt;
  private int ticksAtOnce;
  private long chunkWireBytes;
  private long charged;
  private long chargedAt;
  private long askedAt;

  /** What is kept with a connection. */
  private static final class Path {
    final @Nullable PeerId expected;
    final boolean dialled;
    @Nullable PeerId peer;
    long measuredAt;

    Path(boolean dialled, @Nullable PeerId expected) {
      this.dialled = dialled;
      this.expected = expected;
    }
  }

  EngineHost(World world, SimPeer self, Authenticator authenticator, Hybrid strategy) {
    this.world = world;
    this.self = self;
    this.id = self.identity().id();
    this.strategy = strategy;
    this.engine =
        new SwarmEngine(
            config(world.scenario(), self, world),
            authenticator,
            world.randomFor(self),
            world.time().nowMicros());
    this.endpoint = self.open(this::accept);
  }

  private static EngineConfig config(Scenario scenario, SimPeer self, World world) {
    boolean limited = self.source() || scenario.uplinkKnown();
    return new EngineConfig(
        world.channel(),
        self.identity().id(),
        self.source() ? Role.SOURCE : Role.VIEWER,
        self.leaf(),
        !self.source(),
        scenario.playoutDelayMs() * 1_000L,
        limited ? (long) self.uplinkBytesPerSecond() : 0,
        Tuning.DEFAULT);
  }

  @Override
  public void join(List<SimPeer> introduced) {
    feed(new Input.LocalRecord(self.record()));
    if (self.source()) {
      feed(new Input.PublishManifest(world.manifest()));
    }
    introduce(introduced);
  }

  private void introduce(List<SimPeer> peers) {
    if (!peers.isEmpty()) {
      List<PeerRecord> records = new ArrayList<>(peers.size());
      peers.forEach(peer -> records.add(peer.record()));
      feed(new Input.Introduced(records));
    }
  }

  @Override
  public void publish(List<Chunk> frame) {
    for (Chunk chunk : frame) {
      feed(new Input.Publish(chunk));
    }
  }

  @Override
  public void leave() {
    feed(new Input.Leave());
    for (SimConnection connection : List.copyOf(connections.values())) {
      connection.close(CloseReason.LEAVING);
    }
    stop();
  }

  @Override
  public void stop() {
    stopped = true;
    connections.clear();
    endpoint.close();
  }

  // ---- connections, as dev.livestream.node handles them

  @Override
  public @Nullable SimConnectionHandler accept(SimConnection connection) {
    if (stopped) {
      return null;
    }
    connection.attach(new Path(false, null));
    return this;
  }

  private static PeerId idOf(SimConnection connection) {
    return ((SimPeer) connection.remote().identity()).identity().id();
  }

  private static Path pathOf(SimConnection connection) {
    if (connection.attachment() instanceof Path path) {
      return path;
    }
    throw new IllegalStateException("a connection that nobody opened");
  }

  @Override
  public void opened(SimConnection connection) {
    PeerId peer = idOf(connection);
    Path path = pathOf(connection);
    if (stopped) {
      connection.close(CloseReason.LEAVING);
      return;
    }
    if (path.expected != null && !path.expected.equals(peer)) {
      connection.close(CloseReason.DONE);
      feed(
          new Input.ConnectFailed(
              connection.remoteAddress(), path.expected, CloseReason.WRONG_PEER));
      return;
    }
    path.peer = peer;
    SimConnection current = connections.get(peer);
    if (current != null && isRefused(connection, current, peer)) {
      connection.close(CloseReason.DONE);
      if (path.dialled) {
        feed(new Input.ConnectFailed(connection.remoteAddress(), path.expected, CloseReason.DONE));
      }
      return;
    }
    if (current != null) {
      connections.remove(peer);
      current.close(CloseReason.DONE);
      feed(new Input.Disconnected(peer, CloseReason.DONE));
    }
    connections.put(peer, connection);
    feed(new Input.Connected(peer, connection.remoteAddress(), connection.outgoing()));
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

  private boolean isCurrent(SimConnection connection, PeerId peer) {
    return connections.get(peer) == connection;
  }

  @Override
  public void control(SimConnection connection, Object frame) {
    PeerId peer = idOf(connection);
    if (isCurrent(connection, peer) && frame instanceof ControlFrame control) {
      for (Message message : control.messages) {
        feed(new Input.Received(peer, message));
      }
      measure(connection, peer);
    }
  }

  @Override
  public void chunk(SimConnection connection, Object frame) {
    PeerId peer = idOf(connection);
    if (isCurrent(connection, peer) && frame instanceof Chunk chunk) {
      self.reader().received(chunk);
      feed(new Input.ReceivedChunk(peer, chunk));
      measure(connection, peer);
    }
  }

  private void measure(SimConnection connection, PeerId peer) {
    Path path = pathOf(connection);
    long now = world.time().nowMicros();
    if (now - path.measuredAt >= MEASURE_EVERY) {
      path.measuredAt = now;
      feed(new Input.PathMeasured(peer, connection.rttMicros()));
    }
  }

  @Override
  public void transferEnded(SimConnection connection, long transfer, TransferOutcome outcome) {
    PeerId peer = idOf(connection);
    if (isCurrent(connection, peer)) {
      feed(new Input.TransferEnded(peer, transfer, outcome));
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
        feed(new Input.ConnectFailed(connection.remoteAddress(), path.expected, reason));
      }
    } else if (isCurrent(connection, peer)) {
      connections.remove(peer);
      feed(new Input.Disconnected(peer, reason));
    }
  }

  // ---- driving the engine

  private void feed(Input input) {
    if (stopped) {
      return;
    }
    inbox.add(input);
    if (!driving) {
      driving = true;
      try {
        takeAllIn();
      } finally {
        driving = false;
      }
      arm();
    }
  }

  private void takeAllIn() {
    for (Input next = inbox.poll(); next != null; next = inbox.poll()) {
      engine.handle(next, world.time().nowMicros());
      carryOutAll();
    }
  }

  private void tick() {
    long now = world.time().nowMicros();
    ticksAtOnce = now == lastTickAt ? ticksAtOnce + 1 : 0;
    lastTickAt = now;
    if (ticksAtOnce > MOST_TICKS_AT_ONCE) {
      throw new IllegalStateException(self + " wants to be ticked at " + now + " for ever");
    }
    charge(now);
    driving = true;
    try {
      engine.tick(now);
      carryOutAll();
      takeAllIn();
    } finally {
      driving = false;
    }
    arm();
  }

  private void charge(long now) {
    if (now - chargedAt >= CHARGE_EVERY) {
      chargedAt = now;
      long beside = self.host().bytesSent() - chunkWireBytes;
      if (beside > charged) {
        engine.handle(new Input.Overhead(beside - charged), now);
        charged = beside;
      }
    }
  }

  private void arm() {
    long due = engine.nextTimeout();
    if (stopped || due >= armedFor) {
      return;
    }
    armedFor = due;
    world.time().schedule(due, new Alarm());
  }

  /** Rings when the engine wanted to be called, or finds that it has changed its mind. */
  private final class Alarm extends SimEvent {
    @Override
    protected void run() {
      if (stopped || !self.host().alive()) {
        return;
      }
      long now = world.time().nowMicros();
      if (timeMicros() == armedFor || armedFor <= now) {
        armedFor = Long.MAX_VALUE;
      }
      if (engine.nextTimeout() <= now) {
        tick();
      } else {
        arm();
      }
    }
  }

  private void carryOutAll() {
    for (Output output = engine.poll(); output != null; output = engine.poll()) {
      carryOut(output);
    }
  }

  private void carryOut(Output output) {
    if (output instanceof Output.SendChunk send) {
      sendChunk(send);
    } else if (output instanceof Output.Send send) {
      refuseSelf(send.peer());
      SimConnection connection = connections.get(send.peer());
      if (connection != null) {
        connection.sendControl(
            MessageCodec.encodedBytes(send.messages()), new ControlFrame(send.messages()));
      }
    } else if (output instanceof Output.Deliver deliver) {
      self.reader().ready(deliver.chunk(), deliver.readyMicros());
    } else if (output instanceof Output.CancelTransfer cancel) {
      SimConnection connection = connections.get(cancel.peer());
      if (connection != null) {
        connection.cancel(cancel.transfer());
      }
    } else if (output instanceof Output.Gap gap) {
      self.reader().gap(gap.epoch(), gap.from(), gap.to());
    } else if (output instanceof Output.Connect connect) {
      connect(connect);
    } else if (output instanceof Output.Disconnect disconnect) {
      SimConnection connection = connections.remove(disconnect.peer());
      if (connection != null) {
        connection.close(disconnect.reason());
      }
    } else if (output instanceof Output.Notice notice) {
      note(notice.event());
    }
  }

  private void sendChunk(Output.SendChunk send) {
    refuseSelf(send.peer());
    SimConnection connection = connections.get(send.peer());
    if (connection == null) {
      return;
    }
    Chunk chunk = send.chunk();
    chunkWireBytes += world.network().wireBytes(chunk.frameBytes());
    connection.sendChunk(
        send.transfer(),
        chunk.frameBytes(),
        chunk.payloadBytes(),
        chunk.proof().encodedSize(),
        send.deadlineMicros(),
        chunk);
  }

  private void connect(Output.Connect connect) {
    if (connect.address().equals(self.address())) {
      throw new IllegalStateException(self + " dials itself");
    }
    SimConnection connection = endpoint.dial(connect.address(), this);
    connection.attach(new Path(true, connect.expected()));
  }

  private void refuseSelf(PeerId peer) {
    if (peer.equals(id)) {
      throw new IllegalStateException(self + " sends to itself");
    }
  }

  private void note(EngineEvent event) {
    if (event instanceof EngineEvent.PeerBanned || event instanceof EngineEvent.ForgeryRejected) {
      strategy.banned();
    } else if (event instanceof EngineEvent.Isolated) {
      // A program that is told so asks its tracker again.
      long now = world.time().nowMicros();
      if (now - askedAt >= ASK_AGAIN_AFTER) {
        askedAt = now;
        introduce(world.introduce(self));
      }
    }
  }

  @Override
  public List<@Nullable SimPeer> parents() {
    List<@Nullable SimPeer> parents = new ArrayList<>();
    for (Topology.Substream substream : engine.topology().substreams()) {
      parents.add(substream.parent().isEmpty() ? null : world.find(substream.parent().get(0)));
    }
    return parents;
  }

  /** Messages that travel in one frame. */
  private record ControlFrame(List<Message> messages) {}
}
