package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.benchmarks.swarm.scenario.Scenario;
import dev.livestream.engine.Authenticator;
import dev.livestream.engine.EngineConfig;
import dev.livestream.engine.EngineEvent;
import dev.livestream.engine.Input;
import dev.livestream.engine.Output;
import dev.livestream.engine.SwarmEngine;
import dev.livestream.engine.Topology;
import dev.livestream.engine.Tuning;
import dev.livestream.transport.sim.SimConnection;
import dev.livestream.transport.sim.SimConnectionHandler;
import dev.livestream.transport.sim.SimEvent;
import dev.livestream.transport.sim.SimHost;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Runs the product's engine on a simulated host: does for it what a node does in the product, with
 * objects in the place of frames. Every frame is charged at the length that the product's codec
 * gives it; only the bytes themselves are not made.
 */
final class EngineHost implements PeerLogic {
  private static final long CHARGE_EVERY = 100_000;
  private static final long ASK_AGAIN_AFTER = 1_000_000;
  private static final int MOST_TICKS_AT_ONCE = 1_000;

  private final World world;
  private final SimHost host;
  private final SimPeer self;
  private final Hybrid strategy;
  private final SwarmEngine engine;
  private final EngineLinks links;
  private final Queue<Input> inbox = new ArrayDeque<>();
  private boolean driving;
  private boolean stopped;
  private boolean leaving;
  private long armedFor = Long.MAX_VALUE;
  private long lastTickAt;
  private int ticksAtOnce;
  private long chunkWireBytes;
  private long charged;
  private long chargedAt;
  private long askedAt;

  EngineHost(World world, SimPeer self, Authenticator authenticator, Hybrid strategy) {
    this.world = world;
    this.host = self.host();
    this.self = self;
    this.strategy = strategy;
    this.engine =
        new SwarmEngine(
            config(world.scenario(), self, world),
            authenticator,
            world.randomFor(self),
            host.nowMicros());
    this.links = new EngineLinks(self, this::accept, this::feed);
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
        limited ? (long) (self.uplinkBytesPerSecond() * scenario.uploadLimitShare()) : 0,
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
    leaving = true;
    feed(new Input.Withdraw());
  }

  private void leaveIfWithdrawn() {
    if (leaving && !stopped && engine.withdrawn(host.nowMicros())) {
      leaving = false;
      feed(new Input.Leave());
      links.leave();
      stop();
    }
  }

  @Override
  public void stop() {
    stopped = true;
    links.stop();
  }

  @Override
  public @Nullable SimConnectionHandler accept(SimConnection connection) {
    return links.accept(connection);
  }

  // ---- driving the engine

  private void feed(Input input) {
    if (stopped) {
      return;
    }
    // What happens while the engine is at work waits; mostly nothing does.
    if (driving) {
      inbox.add(input);
      return;
    }
    driving = true;
    try {
      takeIn(input);
      takeInWaiting();
    } finally {
      driving = false;
    }
    leaveIfWithdrawn();
    arm();
  }

  private void takeIn(Input input) {
    engine.handle(input, host.nowMicros());
    carryOutAll();
  }

  private void takeInWaiting() {
    while (!inbox.isEmpty()) {
      takeIn(inbox.remove());
    }
  }

  private void tick() {
    long now = host.nowMicros();
    ticksAtOnce = now == lastTickAt ? ticksAtOnce + 1 : 0;
    lastTickAt = now;
    if (ticksAtOnce > MOST_TICKS_AT_ONCE) {
      throw new IllegalStateException(self + " wants to be ticked at " + now + " for ever");
    }
    charge(now);
    driving = true;
    try {
      links.measure();
      engine.tick(now);
      carryOutAll();
      takeInWaiting();
    } finally {
      driving = false;
    }
    leaveIfWithdrawn();
    arm();
  }

  private void charge(long now) {
    if (now - chargedAt >= CHARGE_EVERY) {
      chargedAt = now;
      long beside = host.bytesSent() - chunkWireBytes;
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
    host.schedule(due, new Alarm());
  }

  /** Rings when the engine wanted to be called, or finds that it has changed its mind. */
  private final class Alarm extends SimEvent {
    @Override
    protected void run() {
      if (stopped || !host.alive()) {
        return;
      }
      long now = host.nowMicros();
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
      Chunk chunk = send.chunk();
      if (links.send(send.peer(), send.transfer(), chunk, send.deadlineMicros())) {
        chunkWireBytes += world.network().wireBytes(chunk.frameBytes());
      }
    } else if (output instanceof Output.Send send) {
      links.say(send.peer(), send.messages());
    } else if (output instanceof Output.Deliver deliver) {
      self.reader().ready(deliver.chunk(), deliver.readyMicros());
    } else if (output instanceof Output.CancelTransfer cancel) {
      links.cancel(cancel.peer(), cancel.transfer());
    } else if (output instanceof Output.Gap gap) {
      self.reader().gap(gap.epoch(), gap.from(), gap.to());
    } else if (output instanceof Output.Connect connect) {
      links.dial(connect.address(), connect.expected());
    } else if (output instanceof Output.Disconnect disconnect) {
      links.disconnect(disconnect.peer(), disconnect.reason());
    } else if (output instanceof Output.Notice notice) {
      note(notice.event());
    }
  }

  private void note(EngineEvent event) {
    if (event instanceof EngineEvent.PeerBanned || event instanceof EngineEvent.ForgeryRejected) {
      strategy.banned();
    } else if (event instanceof EngineEvent.Isolated) {
      // A program that is told so asks its tracker again.
      long now = host.nowMicros();
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
}
