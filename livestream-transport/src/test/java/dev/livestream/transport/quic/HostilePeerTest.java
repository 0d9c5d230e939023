package dev.livestream.transport.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.spi.CloseReason;
import dev.livestream.transport.RecordingHandler;
import dev.livestream.transport.quic.Peers.Peer;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Peers that break the mapping are turned away with {@code PROTOCOL_ERROR}; what only looks odd
 * changes nothing.
 */
final class HostilePeerTest {
  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  private RecordingHandler opened(Peer victim) {
    peers.await(() -> victim.opened().size() == 1);
    return victim.onlyAccepted();
  }

  private void expectBlame(Peer victim, RawPeer raw) {
    peers.await(() -> raw.closed().isDone());
    QuicConnectionCloseEvent close = raw.closed().join();
    assertThat(close.isApplicationClose()).isTrue();
    assertThat(close.error()).isEqualTo(CloseReason.PROTOCOL_ERROR.code());
    peers.await(() -> victim.transport().stats().connections() == 0);
    victim
        .accepted()
        .forEach(
            handler -> {
              assertThat(handler.closeReasons()).containsExactly(CloseReason.PROTOCOL_ERROR);
              assertThat(handler.violations()).isEmpty();
            });
  }

  @Test
  void aControlFrameThatIsAnnouncedTooLong() {
    Peer victim = peers.open();
    try (RawPeer raw = new RawPeer(victim.address())) {
      RawPeer.write(raw.control(), false, 0x80, 0x01, 0x00, 0x01);

      expectBlame(victim, raw);
    }
  }

  @Test
  void aLengthOfEightBytes() {
    Peer victim = peers.open();
    try (RawPeer raw = new RawPeer(victim.address())) {
      RawPeer.write(raw.control(), false, 0xc0, 0, 0, 0, 0, 0, 0, 1);

      expectBlame(victim, raw);
    }
  }

  @Test
  void aControlStreamThatEnds() {
    Peer victim = peers.open();
    try (RawPeer raw = new RawPeer(victim.address())) {
      QuicStreamChannel control = raw.control();
      opened(victim);
      RawPeer.write(control, true, 1, 42);

      expectBlame(victim, raw);
      assertThat(victim.onlyAccepted().controlFrames()).containsExactly(new byte[] {42});
    }
  }

  @Test
  void aControlStreamThatIsReset() {
    Peer victim = peers.open();
    try (RawPeer raw = new RawPeer(victim.address())) {
      QuicStreamChannel control = raw.control();
      opened(victim);
      control.shutdownOutput(7).awaitUninterruptibly();

      expectBlame(victim, raw);
    }
  }

  @Test
  void aChunkThatIsAnnouncedTooLong() {
    Peer victim = peers.open();
    try (RawPeer raw = new RawPeer(victim.address())) {
      raw.control();
      RawPeer.write(raw.stream(QuicStreamType.UNIDIRECTIONAL), false, 0xbf, 0xff, 0xff, 0xff);

      expectBlame(victim, raw);
    }
  }

  @Test
  void aChunkStreamThatGoesOnAfterItsFrame() {
    Peer victim = peers.open();
    try (RawPeer raw = new RawPeer(victim.address())) {
      raw.control();
      RawPeer.write(raw.stream(QuicStreamType.UNIDIRECTIONAL), true, 2, 10, 11, 12);

      expectBlame(victim, raw);
      assertThat(victim.accepted()).allMatch(handler -> handler.chunkFrames().isEmpty());
    }
  }

  @Test
  void chunksThatNeverEnd() {
    Peer victim = peers.open(Peers.silence(Duration.ofMillis(100), Duration.ofMillis(600)));
    try (RawPeer raw = new RawPeer(victim.address())) {
      QuicStreamChannel control = raw.control();
      ScheduledFuture<?> alive =
          control
              .eventLoop()
              .scheduleAtFixedRate(() -> RawPeer.keepAlive(control), 50, 50, TimeUnit.MILLISECONDS);
      for (int i = 0; i < 10; i++) {
        RawPeer.write(raw.stream(QuicStreamType.UNIDIRECTIONAL), false, 100, 1, 2, 3);
      }

      expectBlame(victim, raw);
      alive.cancel(false);
    }
  }

  @Test
  void streamsThatAreResetAllTheTime() {
    Peer victim = peers.open();
    try (RawPeer raw = new RawPeer(victim.address())) {
      raw.control();
      opened(victim);
      for (int i = 0; i <= QuicSettings.STREAM_RESETS && !raw.closed().isDone(); i++) {
        peers.await(() -> raw.mayOpenStream() || raw.closed().isDone());
        raw.beginAndResetChunk();
      }

      expectBlame(victim, raw);
    }
  }

  @Test
  void aFewResetAndAbandonedChunksAreDroppedInSilence() {
    Peer victim = peers.open();
    try (RawPeer raw = new RawPeer(victim.address())) {
      raw.control();
      for (int i = 0; i < 10; i++) {
        raw.beginAndResetChunk();
        RawPeer.write(raw.stream(QuicStreamType.UNIDIRECTIONAL), true, 100, 1, 2, 3);
        RawPeer.write(raw.stream(QuicStreamType.UNIDIRECTIONAL), true);
      }
      RawPeer.write(raw.stream(QuicStreamType.UNIDIRECTIONAL), true, 3, 1, 2, 3);

      RecordingHandler handler = opened(victim);
      peers.await(() -> handler.chunkFrames().size() == 1);
      assertThat(handler.chunkFrames()).containsExactly(new byte[] {1, 2, 3});
      assertThat(handler.isClosed()).isFalse();
    }
  }

  @Test
  void aClientThatOpensNoControlStreamIsClosedInTheEnd() {
    Peer victim = peers.open(Peers.silence(Duration.ofMillis(400), Duration.ofSeconds(12)));
    try (RawPeer raw = new RawPeer(victim.address())) {
      peers.await(() -> raw.closed().isDone());

      assertThat(victim.accepted()).isEmpty();
    }
  }
}
