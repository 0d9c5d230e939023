package dev.livestream.benchmarks.jmh;

import dev.livestream.crypto.ChannelId;
import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Counters;
import dev.livestream.engine.EngineConfig;
import dev.livestream.engine.EngineContext;
import dev.livestream.engine.Lateness;
import dev.livestream.engine.Outbox;
import dev.livestream.engine.Output;
import dev.livestream.engine.PushState;
import dev.livestream.engine.Tempo;
import dev.livestream.engine.Tuning;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.engine.pull.PullScheduler;
import dev.livestream.engine.window.ChunkWindow;
import dev.livestream.node.ChannelAuthenticator;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A pull scheduler between 24 neighbours, in a full window with some holes. The holes are spread
 * evenly and the first is the oldest chunk, so that the whole window has to be looked at; two
 * neighbours in three hold each chunk.
 */
final class PullScene implements PullScheduler.Needs {
  static final int NEIGHBOURS = 24;

  private static final long NOW = SampleStream.timestamp(SampleStream.WINDOW_CHUNKS) + 1_000_000;
  private static final long LATENCY = 1_000_000;
  private static final long PATIENCE = 120_000;
  private static final long RTT = 40_000;

  private final Outbox outbox = new Outbox();
  private final PeerBook book = new PeerBook();
  private final ChunkWindow window = new ChunkWindow(SampleStream.WINDOW_CHUNKS);
  private final PullScheduler scheduler;
  private final long epoch;

  /**
   * A scheduler that has asked for nothing yet.
   *
   * @param missing how many chunks of the window are not there; divides its size
   */
  PullScene(int missing) {
    SampleStream stream = new SampleStream();
    epoch = stream.epoch();
    List<PeerRecord> records = SamplePeers.records(NEIGHBOURS + 1);
    EngineContext context = context(stream.channel(), records.get(NEIGHBOURS).id());
    scheduler = new PullScheduler(context, book, SampleStream.WINDOW_CHUNKS);
    int distance = SampleStream.WINDOW_CHUNKS / missing;
    for (Chunk chunk : stream.chunks(SampleStream.WINDOW_CHUNKS, 8)) {
      if (chunk.sequence() % distance != 0) {
        window.add(chunk);
      }
    }
    scheduler.exists(window.end(), NOW - LATENCY);
    for (int i = 0; i < NEIGHBOURS; i++) {
      book.add(neighbour(records.get(i), i));
    }
  }

  private EngineContext context(ChannelId channel, PeerId self) {
    EngineConfig config =
        new EngineConfig(channel, self, Role.VIEWER, false, true, LATENCY, 0, Tuning.DEFAULT);
    return new EngineContext(
        config,
        outbox,
        new Random(3),
        new ChannelAuthenticator(channel),
        new Counters(),
        new Lateness(),
        new Tempo());
  }

  private Peer neighbour(PeerRecord record, int index) {
    Peer peer =
        new Peer(record.id(), record.addresses().get(0), true, SampleStream.WINDOW_CHUNKS, NOW);
    peer.greet(record, Role.VIEWER);
    peer.mesh(Peer.Mesh.NEIGHBOUR);
    peer.measured(RTT + index * 1_000L, NOW);
    Message.Have told = new Message.Have(epoch, 0, held(index), index, 0, 0, 0, false);
    peer.status(told, NOW);
    peer.have().replace(told.base(), told.bits());
    return peer;
  }

  /** A neighbour's have-map, where bit i of byte j stands for chunk {@code 8 j + i}. */
  static byte[] held(int neighbour) {
    byte[] bits = new byte[SampleStream.WINDOW_CHUNKS / Byte.SIZE];
    for (int chunk = 0; chunk < SampleStream.WINDOW_CHUNKS; chunk++) {
      if ((chunk / 16 + neighbour) % 3 != 0) {
        bits[chunk / Byte.SIZE] |= (byte) (1 << chunk % Byte.SIZE);
      }
    }
    return bits;
  }

  /**
   * Asks for all that is missing, and takes the answers as if every chunk had come, so that the
   * next call finds the same state.
   *
   * @return how many chunks were asked for
   */
  int askAndAnswer() {
    scheduler.tick(this, NOW);
    int asked = 0;
    for (Output output = outbox.poll(); output != null; output = outbox.poll()) {
      if (output instanceof Output.Send send) {
        asked += answer(send);
      }
    }
    return asked;
  }

  private int answer(Output.Send send) {
    Peer peer = book.find(send.peer());
    int answered = 0;
    for (Message message : send.messages()) {
      if (peer != null && message instanceof Message.Request request) {
        for (long sequence : request.sequences()) {
          scheduler.arrived(sequence, peer, this, NOW);
          answered++;
        }
      }
    }
    return answered;
  }

  @Override
  public long from() {
    return window.base();
  }

  @Override
  public long nextMissing(long from) {
    return window.nextMissing(from);
  }

  @Override
  public long patience(long sequence) {
    return PATIENCE;
  }

  @Override
  public boolean isFedByUs(Peer peer, long sequence) {
    return false;
  }

  @Override
  public PushState push(long sequence, long nowMicros) {
    return PushState.NONE;
  }

  @Override
  public @Nullable Peer parent(long sequence) {
    return null;
  }

  @Override
  public double chunksPerSecond() {
    return 76;
  }

  @Override
  public long deadline(long sequence) {
    return scheduler.knownSince(sequence) + LATENCY + PATIENCE;
  }

  @Override
  public long epoch() {
    return epoch;
  }
}
