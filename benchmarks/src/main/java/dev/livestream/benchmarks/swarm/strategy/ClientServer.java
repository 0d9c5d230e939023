package dev.livestream.benchmarks.swarm.strategy;

import dev.livestream.spi.CloseReason;
import dev.livestream.transport.sim.SimConnection;
import dev.livestream.wire.Chunk;
import java.util.List;

/**
 * Each viewer fetches from the broadcaster. The server takes as many as its uplink carries and
 * leaves the others waiting, since one too many would spoil it for all; whoever is taken gets the
 * stream from the latest key frame on. To see what it would cost to serve everybody, raise {@code
 * sourceUplink}.
 */
final class ClientServer implements Strategy {
  /** What headers, proofs and acknowledgements add to the media, with some room. */
  private static final double OVERHEAD = 1.2;

  private static final int MANIFEST_BYTES = 450;

  private final World world;

  ClientServer(World world) {
    this.world = world;
  }

  @Override
  public String name() {
    return "client-server";
  }

  @Override
  public PeerLogic source(SimPeer self) {
    return new Server(world, self);
  }

  @Override
  public PeerLogic viewer(SimPeer self) {
    return new Client(world, self);
  }

  private static final class Server extends YardstickPeer {
    private final int most;
    private int turn;

    Server(World world, SimPeer self) {
      super(world, self);
      double each = world.scenario().mediaBytesPerSecond() * OVERHEAD;
      most = (int) Math.max(1, self.uplinkBytesPerSecond() / each);
    }

    @Override
    public void join(List<SimPeer> introduced) {
      // It waits for clients.
    }

    @Override
    boolean hasRoom() {
      return open.size() < most;
    }

    @Override
    void connected(SimConnection connection) {
      if (open.size() > most) {
        open.remove(connection);
        connection.close(CloseReason.BUSY);
        return;
      }
      connection.sendControl(MANIFEST_BYTES, "manifest");
      for (int i = world.published().latestStart(); i < world.published().size(); i++) {
        send(connection, i, Long.MAX_VALUE);
      }
    }

    @Override
    public void publish(List<Chunk> frame) {
      for (Chunk chunk : frame) {
        int index = world.published().index(chunk);
        // Not always the same one first.
        turn++;
        for (int i = 0; i < open.size(); i++) {
          send(open.get((i + turn) % open.size()), index, deadline(index));
        }
      }
    }

    @Override
    void heard(SimConnection connection, Object frame) {
      // Hellos only.
    }

    @Override
    void arrived(SimConnection connection, Chunk chunk, int index) {
      throw new IllegalStateException("a server receives no chunks");
    }

    @Override
    void lost(SimConnection connection) {
      // It is off the list already.
    }
  }

  private static final class Client extends YardstickPeer {
    Client(World world, SimPeer self) {
      super(world, self);
    }

    @Override
    public void join(List<SimPeer> introduced) {
      SimPeer source = world.source();
      if (source != null) {
        dial(source);
      }
    }

    @Override
    public void publish(List<Chunk> frame) {
      throw new IllegalStateException("a client publishes nothing");
    }

    @Override
    boolean hasRoom() {
      return false;
    }

    @Override
    void connected(SimConnection connection) {
      // The server begins.
    }

    @Override
    void heard(SimConnection connection, Object frame) {
      // The manifest.
    }

    @Override
    void arrived(SimConnection connection, Chunk chunk, int index) {
      playout.add(index);
    }

    @Override
    void lost(SimConnection connection) {
      // Turned away or cut off: it tries again, as a player does.
      SimPeer source = world.source();
      if (source != null) {
        dial(source);
      }
    }
  }
}
