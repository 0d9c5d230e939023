package dev.livestream.engine;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.ChunkVerifier;
import dev.livestream.crypto.PeerId;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.SignatureDomain;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.crypto.Verdict;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.Message;
import dev.livestream.wire.MessageCodec;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import dev.livestream.wire.StreamParameters;
import dev.livestream.wire.WireException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A few engines over the simplest network there is: a fixed delay, and an uplink that serves one
 * frame after another. Every message passes through the codec, so that what is tested is what the
 * wire can carry. Virtual time; the same seed gives the same run.
 */
final class VirtualSwarm {
  static final long START = 1_700_000_000_000_000L;

  /** As many chunks lie between key frames. */
  static final long KEY_FRAME = 80;

  static final long SECOND = 1_000_000;
  private static final long MAX_STEPS_AT_ONCE = 20_000;

  final StreamParameters parameters = new StreamParameters(8, 1_024, 256, 640_000);
  final List<Node> nodes = new ArrayList<>();
  final Random random;
  private final long oneWayMicros;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<PeerId, Node> byId = new LinkedHashMap<>();
  private final Map<PeerAddress, Node> byAddress = new LinkedHashMap<>();
  private final ChannelKey key = ChannelKey.fromSeed(new byte[32]);
  private SessionKey session;
  private long now = START;
  private long order;
  private long sequence;
  private boolean keyFrames = true;
  private long lastKeyFrame;

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  VirtualSwarm(long seed, long oneWayMicros) {
    this.random = new Random(seed);
    this.oneWayMicros = oneWayMicros;
  }

  /** One engine and its network interface. */
  final class Node {
    final PeerIdentity identity;
    final PeerAddress address;
    final SwarmEngine engine;
    final PeerRecord record;
    final List<Output> delivered = new ArrayList<>();
    final List<EngineEvent> notices = new ArrayList<>();
    final Map<PeerId, Boolean> connections = new LinkedHashMap<>();
    final List<long[]> sends = new ArrayList<>();
    final long uplink;
    long uplinkFree;
    long armed = Long.MAX_VALUE;
    boolean crashed;

    Node(Role role, boolean leaf, long uplink, long limit) {
      byte[] seed = new byte[32];
      random.nextBytes(seed);
      this.identity = PeerIdentity.fromSeed(seed);
      this.address = new PeerAddress("10.0.0." + nodes.size(), 1_000 + nodes.size());
      this.uplink = uplink;
      this.record = PeerRecord.sign(identity, List.of(address), 1, leaf);
      EngineConfig config =
          new EngineConfig(
              key.id(), identity.id(), role, leaf, true, SECOND, limit, Tuning.DEFAULT);
      this.engine = new SwarmEngine(config, new RealAuthenticator(), new Random(seed[0]), now);
      nodes.add(this);
      byId.put(identity.id(), this);
      byAddress.put(address, this);
      handle(new Input.LocalRecord(record));
    }

    void handle(Input input) {
      if (!crashed) {
        engine.handle(input, now);
        carryOut();
      }
    }

    private void tick(long at) {
      if (!crashed && armed == at) {
        armed = Long.MAX_VALUE;
        engine.tick(now);
        carryOut();
      }
    }

    private void carryOut() {
      int steps = 0;
      for (Output output = engine.poll(); output != null; output = engine.poll()) {
        if (++steps > MAX_STEPS_AT_ONCE) {
          throw new AssertionError("the engine never comes to rest");
        }
        carryOut(output);
      }
      long next = Math.max(now + 1, engine.nextTimeout());
      if (engine.nextTimeout() != Long.MAX_VALUE && next < armed) {
        armed = next;
        at(next, () -> tick(next));
      }
    }

    private void carryOut(Output output) {
      if (output instanceof Output.Connect connect) {
        connect(this, connect);
      } else if (output instanceof Output.Disconnect disconnect) {
        disconnect(this, disconnect.peer(), disconnect.reason());
      } else if (output instanceof Output.Send send) {
        if (send.peer().equals(identity.id())) {
          throw new AssertionError("a message to oneself");
        }
        ByteBuffer frame = MessageCodec.encode(send.messages());
        engine.handle(new Input.Overhead(frame.remaining() + 60), now);
        transmit(this, frame.remaining() + 60, () -> received(this, send.peer(), frame));
      } else if (output instanceof Output.SendChunk send) {
        ByteBuffer frame = send.chunk().frame();
        sends.add(new long[] {now, frame.remaining()});
        long sent = transmit(this, frame.remaining(), () -> chunk(this, send.peer(), frame));
        at(
            sent,
            () ->
                handle(
                    new Input.TransferEnded(send.peer(), send.transfer(), TransferOutcome.SENT)));
      } else if (output instanceof Output.Notice notice) {
        notices.add(notice.event());
      } else if (output instanceof Output.Deliver
          || output instanceof Output.Gap
          || output instanceof Output.Ended
          || output instanceof Output.ManifestChanged) {
        delivered.add(output);
      }
    }

    List<Long> sequences() {
      List<Long> sequences = new ArrayList<>();
      for (Output output : delivered) {
        if (output instanceof Output.Deliver deliver) {
          sequences.add(deliver.chunk().sequence());
        }
      }
      return sequences;
    }

    List<Output.Gap> gaps() {
      return delivered.stream()
          .filter(Output.Gap.class::isInstance)
          .map(Output.Gap.class::cast)
          .toList();
    }

    boolean ended() {
      return delivered.stream().anyMatch(Output.Ended.class::isInstance);
    }

    void crash() {
      crashed = true;
    }
  }

  Node source(long limit) {
    Node source = new Node(Role.SOURCE, false, 12_500_000, limit);
    newEpoch(1);
    source.handle(new Input.PublishManifest(manifest(1, 0)));
    return source;
  }

  void newEpoch(long epoch) {
    session =
        key.openSession(
            new SessionTerms(
                1,
                epoch,
                Instant.ofEpochSecond(START / SECOND - 60),
                Instant.ofEpochSecond(START / SECOND + 86_400),
                0),
            new byte[32]);
    sequence = 0;
    lastKeyFrame = 0;
  }

  Manifest manifest(int version, long end) {
    return Manifest.sign(session, version, "test", "", new byte[0], parameters, end);
  }

  Node viewer(long uplinkBytesPerSecond) {
    Node viewer = new Node(Role.VIEWER, false, uplinkBytesPerSecond, 0);
    viewer.handle(new Input.Bootstrap(List.of(nodes.get(0).address)));
    return viewer;
  }

  /** Publishes frames of {@code chunks} chunks every {@code interval} for a while. */
  void stream(Node source, long micros, long interval, int chunks) {
    for (long offset = 0; offset < micros; offset += interval) {
      at(now + offset, () -> frame(source, chunks));
    }
  }

  /** The program marks no further key frame. */
  void noKeyFrameFromNowOn() {
    keyFrames = false;
  }

  private void frame(Node source, int chunks) {
    if (sequence % KEY_FRAME == 0 && keyFrames) {
      lastKeyFrame = sequence;
    }
    List<UnsignedChunk> batch = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      byte[] payload = new byte[1_000];
      random.nextBytes(payload);
      long number = sequence + i;
      ChunkMeta meta =
          new ChunkMeta(
              session.certificate().terms().epoch(),
              number,
              now,
              ChunkPriority.ORDINARY,
              (int) (number - lastKeyFrame),
              payload.length);
      batch.add(new UnsignedChunk(meta, ByteBuffer.wrap(payload)));
    }
    var proofs = session.signBatch(batch);
    for (int i = 0; i < chunks; i++) {
      Chunk chunk = ChunkCodec.encode(batch.get(i).meta(), proofs.get(i), batch.get(i).payload());
      source.handle(new Input.Publish(chunk));
    }
    sequence += chunks;
  }

  void end(Node source) {
    source.handle(new Input.PublishManifest(manifest(2, sequence)));
  }

  long published() {
    return sequence;
  }

  long now() {
    return now;
  }

  void at(long time, Runnable action) {
    events.add(new Event(time, order++, action));
  }

  void run(long micros) {
    long until = now + micros;
    while (!events.isEmpty() && events.peek().at <= until) {
      Event event = events.remove();
      now = Math.max(now, event.at);
      event.action.run();
    }
    now = until;
  }

  private long transmit(Node from, long bytes, Runnable arrival) {
    from.uplinkFree = Math.max(now, from.uplinkFree) + bytes * SECOND / from.uplink;
    at(from.uplinkFree + oneWayMicros, arrival);
    return from.uplinkFree;
  }

  private void connect(Node from, Output.Connect wish) {
    Node to = byAddress.get(wish.address());
    at(
        now + 2 * oneWayMicros,
        () -> {
          if (from.crashed) {
            return;
          }
          if (to == null || to.crashed || to == from) {
            from.handle(
                new Input.ConnectFailed(wish.address(), wish.expected(), CloseReason.UNREACHABLE));
            return;
          }
          if (from.connections.putIfAbsent(to.identity.id(), true) == null) {
            if (to.connections.put(from.identity.id(), true) != null) {
              to.handle(new Input.Disconnected(from.identity.id(), CloseReason.DONE));
            }
            from.handle(new Input.Connected(to.identity.id(), to.address, true));
            to.handle(new Input.Connected(from.identity.id(), from.address, false));
          }
        });
  }

  private void disconnect(Node from, PeerId peer, CloseReason reason) {
    from.connections.remove(peer);
    Node to = byId.get(peer);
    at(
        Math.max(now, from.uplinkFree) + oneWayMicros,
        () -> {
          if (to.connections.remove(from.identity.id()) != null) {
            to.handle(new Input.Disconnected(from.identity.id(), reason));
          }
        });
  }

  private void received(Node from, PeerId to, ByteBuffer frame) {
    Node node = byId.get(to);
    if (!node.connections.containsKey(from.identity.id())) {
      return;
    }
    try {
      for (Message message : MessageCodec.decode(frame)) {
        node.handle(new Input.Received(from.identity.id(), message));
      }
    } catch (WireException e) {
      throw new AssertionError("an engine said what the wire does not allow", e);
    }
  }

  private void chunk(Node from, PeerId to, ByteBuffer frame) {
    Node node = byId.get(to);
    if (node.connections.containsKey(from.identity.id())) {
      try {
        node.handle(new Input.ReceivedChunk(from.identity.id(), ChunkCodec.decode(frame)));
      } catch (WireException e) {
        throw new AssertionError("an engine sent what the wire does not allow", e);
      }
    }
  }

  /** Checks for real. */
  private final class RealAuthenticator implements Authenticator {
    private final ChunkVerifier verifier = new ChunkVerifier(key.id(), 256);

    @Override
    public boolean accept(Manifest manifest, long nowMicros) {
      return verifier.addCertificate(manifest.certificate(), instant(nowMicros)).isUsable()
          && verifier.verifySigned(
              SignatureDomain.MANIFEST,
              manifest.epoch(),
              manifest.keyId(),
              manifest.body(),
              manifest.signature());
    }

    @Override
    public Verdict verify(Chunk chunk, long nowMicros) {
      return verifier.verify(chunk.meta(), chunk.payload(), chunk.proof(), instant(nowMicros));
    }

    @Override
    public boolean isGenuine(PeerRecord record) {
      return record.isGenuine();
    }

    @Override
    public void forgetBefore(long epoch, long first) {
      verifier.forgetBefore(epoch, first);
    }

    private Instant instant(long micros) {
      return Instant.ofEpochSecond(micros / SECOND, micros % SECOND * 1_000);
    }
  }
}
