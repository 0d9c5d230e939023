package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.PeerIdentity;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.engine.Believing;
import dev.livestream.engine.Counters;
import dev.livestream.engine.EngineConfig;
import dev.livestream.engine.EngineContext;
import dev.livestream.engine.Lateness;
import dev.livestream.engine.Outbox;
import dev.livestream.engine.Output;
import dev.livestream.engine.Tempo;
import dev.livestream.engine.Tuning;
import dev.livestream.engine.membership.Peer;
import dev.livestream.engine.membership.PeerBook;
import dev.livestream.engine.upload.Uploader;
import dev.livestream.engine.window.ChunkWindow;
import dev.livestream.engine.window.StreamRate;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What neighbours are told of the window. */
class HaveExchangeTest {
  private static final long SECOND = 1_000_000;
  private static final int WINDOW = 1_024;
  private static final int HELD = 900;

  private final ChannelKey key = ChannelKey.fromSeed(new byte[32]);
  private final SessionKey session =
      key.openSession(
          new SessionTerms(1, 1, Instant.EPOCH, Instant.EPOCH.plusSeconds(3_600), 0), new byte[32]);
  private final PeerIdentity self = PeerIdentity.fromSeed(new byte[32]);
  private final EngineContext context =
      new EngineContext(
          new EngineConfig(
              key.id(), self.id(), Role.VIEWER, false, true, 20 * SECOND, 0, Tuning.DEFAULT),
          new Outbox(),
          new Random(1),
          new Believing(),
          new Counters(),
          new Lateness(),
          new Tempo());
  private final PeerBook book = new PeerBook();
  private final ChunkWindow window = new ChunkWindow(WINDOW);
  private final StreamRate rate = new StreamRate(640_000, 1_000);
  private final HaveExchange haves = new HaveExchange(context, book, new Uploader(context, SECOND));

  private void hold(long sequence) {
    ChunkMeta meta = new ChunkMeta(1, sequence, SECOND, ChunkPriority.ORDINARY, 0, 1);
    UnsignedChunk unsigned = new UnsignedChunk(meta, ByteBuffer.allocate(1));
    Chunk chunk =
        ChunkCodec.encode(
            meta, session.signBatch(List.of(unsigned)).get(0), ByteBuffer.allocate(1));
    window.add(chunk);
  }

  private Message.Have told() {
    Message.Have last = null;
    for (Output output = context.outbox().poll();
        output != null;
        output = context.outbox().poll()) {
      if (output instanceof Output.Send send
          && send.messages().get(0) instanceof Message.Have map) {
        last = map;
      }
    }
    assertThat(last).isNotNull();
    return last;
  }

  private void neighbour() {
    byte[] seed = new byte[32];
    seed[0] = 1;
    PeerIdentity identity = PeerIdentity.fromSeed(seed);
    Peer peer = new Peer(identity.id(), new PeerAddress("192.0.2.1", 1), true, WINDOW, SECOND);
    peer.greet(PeerRecord.sign(identity, List.of(), 1, false), Role.VIEWER);
    peer.mesh(Peer.Mesh.NEIGHBOUR);
    book.add(peer);
  }

  @Test
  void whatIsOlderThanTheLastSecondsIsToldToo() {
    neighbour();
    for (long sequence = 0; sequence < HELD; sequence++) {
      hold(sequence);
    }

    haves.tick(false, 1, window, rate, 10 * SECOND);
    assertThat(told().base()).as("while the stream moves").isGreaterThan(HELD / 2);

    haves.tick(false, 1, window, rate, 12 * SECOND);
    assertThat(told().base()).as("while it rests").isZero();

    boolean whole = false;
    for (int i = 0; i < 10; i++) {
      hold(HELD + i);
      haves.tick(false, 1, window, rate, (14 + 2 * i) * SECOND);
      whole |= told().base() == 0;
    }
    assertThat(whole).as("now and then while it moves").isTrue();
  }
}
