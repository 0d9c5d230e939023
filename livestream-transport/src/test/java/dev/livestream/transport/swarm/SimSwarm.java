package dev.livestream.transport.swarm;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.ChunkProof;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.engine.EngineEvent;
import dev.livestream.node.Node;
import dev.livestream.node.StreamConfig;
import dev.livestream.node.StreamListener;
import dev.livestream.node.StreamNode;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportConfig;
import dev.livestream.transport.sim.SimHost;
import dev.livestream.transport.sim.SimNetwork;
import dev.livestream.transport.sim.SimNetworkConfig;
import dev.livestream.transport.sim.SimTransport;
import dev.livestream.transport.sim.SimTransportProvider;
import dev.livestream.transport.sim.VirtualTime;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.Role;
import dev.livestream.wire.StreamParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Nodes, as they are, over a simulated network under virtual time: a source and its viewers. */
final class SimSwarm {
  static final long SECOND = 1_000_000;
  static final StreamParameters PARAMETERS = new StreamParameters(8, 1_024, 512, 640_000);

  private static final long START = 1_700_000_000_000_000L;
  private static final PeerAddress SOURCE = new PeerAddress("10.9.9.9", 4_700);
  private static final PeerAddress ANYWHERE = new PeerAddress("0.0.0.0", 0);
  private static final Duration LATENCY = Duration.ofSeconds(2);
  private static final int PAYLOAD = 1_000;
  private static final int KEY_FRAME_EVERY = 60;

  private final VirtualTime time = new VirtualTime(START);
  private final SimNetwork network;
  private final ChannelKey key = ChannelKey.fromSeed(new byte[32]);
  private final SplittableRandom random;
  private int peers;

  SimSwarm(long seed) {
    this.random = new SplittableRandom(seed);
    this.network = new SimNetwork(SimNetworkConfig.DEFAULT.withSeed(seed), time);
  }

  long now() {
    return time.nowMicros();
  }

  void run(long micros) {
    time.runUntil(time.nowMicros() + micros);
  }

  /** A program on a host of its own, and what it hears of the stream. */
  final class Peer implements StreamListener {
    /** One thing that a reader would have got. */
    record Heard(long epoch, long from, long to, boolean gap) {}

    private final SimTransport transport;
    private final List<Heard> heard = new ArrayList<>();
    private @Nullable StreamNode stream;
    private long ended = -1;

    private Peer(
        Role role, PeerAddress listen, double upBytesPerSecond, long limit, Duration latency) {
      SimHost host = network.addHost(upBytesPerSecond, 12_500_000);
      SimTransportProvider provider = new SimTransportProvider(network, 1, 1);
      byte[] seed = new byte[32];
      seed[0] = (byte) ++peers;
      PeerIdentity identity = PeerIdentity.fromSeed(seed);
      List<SimTransport> opened = new ArrayList<>();
      try {
        Node node =
            Node.open(
                new OnHost(provider, host, opened),
                new TransportConfig(identity, listen, TransportConfig.Limits.DEFAULT),
                identity,
                List.of(),
                random.nextLong());
        transport = opened.get(0);
        StreamConfig config =
            new StreamConfig(
                key.id(),
                role,
                false,
                role == Role.VIEWER,
                latency,
                limit,
                role == Role.VIEWER ? List.of(SOURCE) : List.of());
        node.loop().execute(() -> stream = node.join(config, this));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      run(1);
    }

    StreamNode stream() {
      StreamNode joined = stream;
      if (joined == null) {
        throw new AssertionError("it has not joined");
      }
      return joined;
    }

    SimHost host() {
      return transport.host();
    }

    void crash() {
      transport.crash();
    }

    List<Heard> heard() {
      return heard;
    }

    /** The epoch whose end was heard last; -1 if none was. */
    long ended() {
      return ended;
    }

    @Override
    public void deliver(Chunk chunk, long readyMicros) {
      heard.add(new Heard(chunk.epoch(), chunk.sequence(), chunk.sequence() + 1, false));
    }

    @Override
    public void gap(long epoch, long from, long to) {
      heard.add(new Heard(epoch, from, to, true));
    }

    @Override
    public void manifest(Manifest manifest) {
      // What is delivered tells enough.
    }

    @Override
    public void ended(long epoch) {
      ended = epoch;
    }

    @Override
    public void notice(EngineEvent event) {
      // What is delivered tells enough.
    }
  }

  Peer viewer(double upBytesPerSecond, long limit) {
    return viewer(upBytesPerSecond, limit, LATENCY);
  }

  Peer viewer(double upBytesPerSecond, long limit, Duration latency) {
    return new Peer(Role.VIEWER, ANYWHERE, upBytesPerSecond, limit, latency);
  }

  /** A broadcaster's run. */
  final class Run {
    private final Peer peer;
    private final SessionKey session;
    private final long epoch;
    private long sequence;

    private Run(double upBytesPerSecond, long limit) {
      this.peer = new Peer(Role.SOURCE, SOURCE, upBytesPerSecond, limit, Duration.ofSeconds(1));
      this.epoch = now() / 1_000;
      Instant begin = Instant.ofEpochMilli(epoch);
      this.session =
          key.openSession(
              new SessionTerms(0, epoch, begin, begin.plusSeconds(86_400), 0), new byte[32]);
      publishManifest(1, 0);
    }

    private void publishManifest(int version, long end) {
      Manifest manifest = Manifest.sign(session, version, "sim", "", new byte[0], PARAMETERS, end);
      peer.transport.loop().execute(() -> peer.stream().publishManifest(manifest));
      run(1);
    }

    Peer peer() {
      return peer;
    }

    long epoch() {
      return epoch;
    }

    long published() {
      return sequence;
    }

    /** Publishes some 80 chunks a second for a while, in pairs. */
    void stream(long micros) {
      for (long end = now() + micros; now() < end; run(SECOND / 40)) {
        publish(2);
      }
    }

    /** Publishes chunks all at once. */
    void publish(int count) {
      List<UnsignedChunk> batch = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] payload = new byte[PAYLOAD];
        random.nextBytes(payload);
        int distance = (int) (sequence % KEY_FRAME_EVERY);
        batch.add(
            new UnsignedChunk(
                new ChunkMeta(epoch, sequence++, now(), ChunkPriority.ORDINARY, distance, PAYLOAD),
                ByteBuffer.wrap(payload)));
      }
      List<ChunkProof> proofs = session.signBatch(batch);
      for (int i = 0; i < count; i++) {
        Chunk chunk = ChunkCodec.encode(batch.get(i).meta(), proofs.get(i), batch.get(i).payload());
        peer.transport.loop().execute(() -> peer.stream().publish(chunk));
      }
    }

    void end() {
      publishManifest(2, sequence);
    }
  }

  Run broadcast(double upBytesPerSecond, long limit) {
    return new Run(upBytesPerSecond, limit);
  }
}
