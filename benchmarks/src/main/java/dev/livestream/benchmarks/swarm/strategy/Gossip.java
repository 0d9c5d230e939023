package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.transport.sim.SimConnection;
import dev.livestream.transport.sim.SimEvent;
import dev.livestream.wire.Chunk;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Flooding in a mesh of degree 8, as GossipSub does inside its mesh (Vyzovitis et al. 2020; D = 8,
 * D_low = 6, D_high = 12, a heartbeat a second): whatever is new goes to every neighbour that is
 * not known to have it. A neighbour that turns out to have it in the meantime is crossed off the
 * queue, and what is too late is not sent. A newcomer asks its first neighbour for what came since
 * the latest key frame.
 */
final class Gossip implements Strategy {
  private static final int DEGREE = 8;
  private static final int LEAST = 6;
  private static final int MOST = 12;
  private static final long HEARTBEAT = 1_000_000;
  private static final int CATCH_UP_BYTES = 16;

  /** A chunk that would have to wait longer for the uplink is left to others. */
  private static final long LONGEST_QUEUE = 150_000;

  /** What headers, proofs and acknowledgements add to the media, with some room. */
  private static final double OVERHEAD = 1.2;

  private final World world;

  Gossip(World world) {
    this.world = world;
  }

  @Override
  public String name() {
    return "gossip";
  }

  @Override
  public PeerLogic source(SimPeer self) {
    return new Member(world, self);
  }

  @Override
  public PeerLogic viewer(SimPeer self) {
    return new Member(world, self);
  }

  private enum CatchUp {
    REQUEST
  }

  private static final class Member extends YardstickPeer {
    private final RandomGenerator random;
    private final int fanOut;
    private boolean caughtUp;

    Member(World world, SimPeer self) {
      super(world, self);
      caughtUp = self.source();
      random = world.randomFor(self);
      double copies = self.uplinkBytesPerSecond() / world.scenario().mediaBytesPerSecond();
      // Whoever makes the stream must not spend its uplink on many copies of few chunks.
      fanOut = self.source() ? (int) Math.max(1, copies / OVERHEAD) : MOST;
    }

    @Override
    public void join(List<SimPeer> introduced) {
      introduced.forEach(this::dial);
      new Heartbeat().beat();
    }

    @Override
    public void publish(List<Chunk> frame) {
      for (Chunk chunk : frame) {
        int index = world.published().index(chunk);
        playout.add(index);
        forward(index);
      }
    }

    @Override
    boolean hasRoom() {
      return open.size() < MOST;
    }

    private static BitSet knownBy(SimConnection connection) {
      if (connection.attachment() instanceof BitSet known) {
        return known;
      }
      BitSet known = new BitSet();
      connection.attach(known);
      return known;
    }

    private void forward(int index) {
      if (self.leaf()) {
        return;
      }
      // Not always the same neighbour first: what one gets early it can pass to the others.
      int start = open.isEmpty() ? 0 : random.nextInt(open.size());
      for (int i = 0; i < Math.min(fanOut, open.size()); i++) {
        offer(open.get((start + i) % open.size()), index, LONGEST_QUEUE);
      }
    }

    private void offer(SimConnection connection, int index, long patience) {
      BitSet known = knownBy(connection);
      if (!known.get(index)) {
        known.set(index);
        send(connection, index, self.host().nowMicros() + patience);
      }
    }

    @Override
    void connected(SimConnection connection) {
      connection.attach(new BitSet());
      if (!caughtUp && connection.outgoing()) {
        caughtUp = true;
        connection.sendControl(CATCH_UP_BYTES, CatchUp.REQUEST);
      }
    }

    @Override
    void heard(SimConnection connection, Object frame) {
      if (frame == CatchUp.REQUEST && !self.leaf()) {
        BitSet held = playout.held();
        int from = world.published().latestStart();
        for (int i = held.nextSetBit(from); i >= 0; i = held.nextSetBit(i + 1)) {
          offer(connection, i, world.scenario().playoutDelayMs() * 1_000L);
        }
      }
    }

    @Override
    void arrived(SimConnection connection, Chunk chunk, int index) {
      BitSet known = knownBy(connection);
      if (known.get(index)) {
        connection.cancel(index);
      }
      known.set(index);
      if (playout.add(index)) {
        forward(index);
      }
    }

    @Override
    void lost(SimConnection connection) {
      // The next heartbeat finds another.
    }

    /** Keeps the degree. */
    private final class Heartbeat extends SimEvent {
      void beat() {
        self.host().schedule(self.host().nowMicros() + HEARTBEAT, this);
      }

      @Override
      protected void run() {
        if (isStopped()) {
          return;
        }
        if (open.size() + dialling() < LEAST) {
          List<SimPeer> known = world.introduce(self);
          for (SimPeer peer : known) {
            if (open.size() + dialling() < DEGREE) {
              dial(peer);
            }
          }
        }
        beat();
      }
    }
  }
}
