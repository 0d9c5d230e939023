package dev.livestream.engine;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.PeerId;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.engine.window.StreamRate;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a single room of the engine needs around it: a peer of its own, others that are connected,
 * and a record of what it says to them. A stream of 80 chunks of 1,000 bytes a second.
 */
public final class Scene {
  public static final long SECOND = 1_000_000;
  public static final long START = 1_000 * SECOND;
  public static final int WINDOW = 1_024;
  public static final int SUBSTREAMS = 8;
  private static final int PAYLOAD = 1_000;
  private static final double PACER_SHARE = 0.99;

  public final EngineContext context;
  public final PeerBook book = new PeerBook();
  public final StreamRate rate = rate();
  public final Uploader uploader;
  private final SessionKey session =
      ChannelKey.fromSeed(new byte[32])
          .openSession(
              new SessionTerms(1, 1, Instant.EPOCH, Instant.EPOCH.plusSeconds(3_600), 0),
              new byte[32]);
  private int peers;

  private Scene(Role role, boolean leaf, long uploadLimit) {
    context =
        new EngineContext(
            new EngineConfig(
                ChannelKey.fromSeed(new byte[32]).id(),
                identity(0).id(),
                role,
                leaf,
                true,
                SECOND,
                uploadLimit,
                Tuning.DEFAULT),
            new Outbox(),
            new Random(1),
            new Believing(),
            new Counters(),
            new Lateness(),
            new Tempo());
    uploader = new Uploader(context, START);
  }

  /** A peer whose uplink carries so many places. */
  public static Scene of(Role role, int places) {
    return new Scene(role, false, uplinkFor(places));
  }

  /** A viewer that passes nothing on. */
  public static Scene ofLeaf() {
    return new Scene(Role.VIEWER, true, 0);
  }

  /** Bytes per second that carry so many places and half a one. */
  private static long uplinkFor(int places) {
    StreamRate stream = rate();
    double frame = stream.bytesPerSecond() / stream.chunksPerSecond();
    double place = Uploader.wireBytes((long) frame) * stream.chunksPerSecond() / SUBSTREAMS;
    double fill = Tuning.DEFAULT.fillPermille() / 1_000.0;
    return (long) ((places + 0.5) * place / fill / PACER_SHARE);
  }

  private static StreamRate rate() {
    return new StreamRate(80 * PAYLOAD * 8, PAYLOAD);
  }

  private static PeerIdentity identity(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) (number + 1));
    return PeerIdentity.fromSeed(seed);
  }

  /** A connected peer that has said hello, and came long ago. */
  public Peer peer(Role role) {
    return peer(role, false, START - 100 * SECOND);
  }

  /** The same for a viewer. */
  public Peer viewer() {
    return peer(Role.VIEWER);
  }

  /** A viewer whose have-maps are exchanged. */
  public Peer neighbour() {
    Peer peer = viewer();
    peer.mesh(Peer.Mesh.NEIGHBOUR);
    return peer;
  }

  /** A connected peer that has said hello. */
  public Peer peer(Role role, boolean leaf, long connectedAt) {
    PeerRecord record = stranger(leaf);
    Peer peer = new Peer(record.id(), record.addresses().get(0), true, WINDOW, connectedAt);
    peer.greet(record, role);
    book.add(peer);
    return peer;
  }

  /** Somebody who is not connected. */
  public PeerRecord stranger() {
    return stranger(false);
  }

  private PeerRecord stranger(boolean leaf) {
    int number = ++peers;
    return PeerRecord.sign(
        identity(number), List.of(new PeerAddress("192.0.2." + number, number)), 1, leaf);
  }

  /** A chunk that was made just now. */
  public Chunk chunk(long sequence) {
    return chunk(sequence, START);
  }

  /** A genuine chunk. */
  public Chunk chunk(long sequence, long madeAt) {
    return chunk(sequence, madeAt, ChunkPriority.ORDINARY);
  }

  /** A genuine chunk of some importance. */
  public Chunk chunk(long sequence, long madeAt, ChunkPriority priority) {
    ChunkMeta meta = new ChunkMeta(1, sequence, madeAt, priority, 0, PAYLOAD);
    UnsignedChunk unsigned = new UnsignedChunk(meta, ByteBuffer.allocate(PAYLOAD));
    return ChunkCodec.encode(
        meta, session.signBatch(List.of(unsigned)).get(0), ByteBuffer.allocate(PAYLOAD));
  }

  /** What the engine wants done; it is forgotten then. */
  public List<Output> outputs() {
    List<Output> outputs = new ArrayList<>();
    for (Output next = context.outbox().poll(); next != null; next = context.outbox().poll()) {
      outputs.add(next);
    }
    return outputs;
  }

  /** What was said to one peer; everything else that was wanted is forgotten. */
  public List<Message> saidTo(Peer peer) {
    return saidTo(peer.id(), outputs());
  }

  /** What was said to one peer. */
  public static List<Message> saidTo(PeerId peer, List<Output> outputs) {
    List<Message> said = new ArrayList<>();
    for (Output output : outputs) {
      if (output instanceof Output.Send send && send.peer().equals(peer)) {
        said.addAll(send.messages());
      }
    }
    return said;
  }

  /** Sends everything that waits, at whatever rate the limit allows; gives it in order. */
  public List<Output.SendChunk> sendAll(long nowMicros) {
    List<Output.SendChunk> sent = new ArrayList<>();
    long now = nowMicros;
    while (!uploader.isIdle()) {
      uploader.pump(now);
      for (Output output : outputs()) {
        if (output instanceof Output.SendChunk send) {
          sent.add(send);
          uploader.ended(send.transfer(), TransferOutcome.SENT, now);
        }
      }
      now += 1_000;
    }
    return sent;
  }
}
