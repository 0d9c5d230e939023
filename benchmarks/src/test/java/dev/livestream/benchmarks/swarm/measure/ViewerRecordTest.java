package dev.livestream.benchmarks.swarm.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livestream.crypto.ChannelKey;
import dev.livestream.crypto.ChunkMeta;
import dev.livestream.crypto.ChunkPriority;
import dev.livestream.crypto.ChunkProof;
import dev.livestream.crypto.SessionKey;
import dev.livestream.crypto.SessionTerms;
import dev.livestream.crypto.UnsignedChunk;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.ChunkCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewerRecordTest {
  private final PublishedStream published = new PublishedStream();
  private final Clock clock = new Clock();
  private final SessionKey key =
      ChannelKey.fromSeed(new byte[32])
          .openSession(
              new SessionTerms(0, 1, Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z"), 0),
              new byte[32]);
  private ViewerRecord record = new ViewerRecord(clock, 1, 0, false);

  private final class Clock implements ViewerRecord.Clock {
    long now = 5_000;
    int delayed;
    long duplicated;

    @Override
    public long nowMicros() {
      return now;
    }

    @Override
    public long measuredFrom() {
      return 0;
    }

    @Override
    public long playoutDelayMicros() {
      return 1_000;
    }

    @Override
    public PublishedStream published() {
      return published;
    }

    @Override
    public void delayed(long writtenMicros, long delayMicros) {
      delayed++;
    }

    @Override
    public void delivered(int payloadBytes) {}

    @Override
    public void duplicated(int payloadBytes) {
      duplicated += payloadBytes;
    }
  }

  private Chunk chunk(long sequence, int content) {
    ChunkMeta meta =
        new ChunkMeta(1, sequence, 4_000 + 1_000 * sequence, ChunkPriority.ORDINARY, 0, 4);
    ByteBuffer payload = ByteBuffer.allocate(4).putInt(0, content);
    ChunkProof proof = key.signBatch(List.of(new UnsignedChunk(meta, payload))).get(0);
    return ChunkCodec.encode(meta, proof, payload);
  }

  @BeforeEach
  void publish() {
    for (int i = 0; i < 10; i++) {
      published.add(chunk(i, i));
    }
    record = new ViewerRecord(clock, 1, 0, false);
  }

  @Test
  void countsWhatIsInTime() {
    record.ready(published.chunk(2), 6_500);
    record.ready(published.chunk(3), 9_500);
    record.gap(1, 4, 5);
    record.ready(published.chunk(5), 9_600);

    assertThat(record.started()).isTrue();
    assertThat(record.first()).isEqualTo(2);
    assertThat(record.startupMicros()).isEqualTo(1_500);
    assertThat(record.countInTime(2, 6)).isEqualTo(2);
    assertThat(record.late()).isEqualTo(1);
    assertThat(clock.delayed).isEqualTo(3);
  }

  @Test
  void whatWasWrittenBeforeItCameHasNoDeadline() {
    record.ready(published.chunk(0), 9_000);

    assertThat(record.hadInTime(0)).isTrue();
    assertThat(clock.delayed).isZero();
  }

  @Test
  void refusesForgeries() {
    assertThatThrownBy(() -> record.ready(chunk(2, 99), 6_000))
        .hasMessageContaining("did not write");
    assertThatThrownBy(() -> record.ready(chunk(50, 50), 6_000))
        .hasMessageContaining("did not write");
  }

  @Test
  void refusesWhatComesTwiceOutOfOrderOrAfterASilentGap() {
    record.ready(published.chunk(2), 6_000);

    assertThatThrownBy(() -> record.ready(published.chunk(2), 6_000))
        .hasMessageContaining("where 3 should follow");
    assertThatThrownBy(() -> record.ready(published.chunk(1), 6_000))
        .hasMessageContaining("where 3 should follow");
    assertThatThrownBy(() -> record.ready(published.chunk(4), 6_000))
        .hasMessageContaining("where 3 should follow");
    assertThatThrownBy(() -> record.gap(1, 4, 5)).hasMessageContaining("where 3 should follow");
  }

  @Test
  void countsDuplicates() {
    record.received(published.chunk(1));
    record.received(published.chunk(1));
    record.received(published.chunk(2));

    assertThat(record.duplicateBytes()).isEqualTo(4);
    assertThat(clock.duplicated).isEqualTo(4);
  }

  @Test
  void histogramsGiveNearestRanks() {
    Histogram histogram = new Histogram();
    for (int ms = 1; ms <= 200; ms++) {
      histogram.add(ms * 1_000L - 500);
    }

    assertThat(histogram.percentile(50)).isEqualTo(100);
    assertThat(histogram.percentile(99)).isEqualTo(198);
    assertThat(histogram.percentile(100)).isEqualTo(200);
    assertThat(new Histogram().percentile(99)).isZero();
  }
}
