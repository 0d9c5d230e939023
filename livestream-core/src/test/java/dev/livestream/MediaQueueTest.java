package dev.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.ChunkPriority;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaQueueTest {
  private static final int BIG = 30_000;

  private final MediaQueue queue = new MediaQueue(100_000);

  private static Media.Data data(long epoch, long sequence) {
    return new Media.Data(
        ByteBuffer.allocate(BIG), sequence, epoch, Instant.EPOCH, false, ChunkPriority.ORDINARY);
  }

  private static Media.Header header(long epoch, int bytes) {
    return new Media.Header(new StreamInfo(epoch, "", "", new byte[bytes], BitRate.ZERO));
  }

  private static Media.Gap gap(long epoch, long from, long to, Media.Gap.Cause cause) {
    return new Media.Gap(epoch, from, to, cause);
  }

  private List<Media> all() {
    List<Media> all = new ArrayList<>();
    for (Media next = queue.poll(); next != null; next = queue.poll()) {
      all.add(next);
    }
    assertThat(queue.readyBytes()).isZero();
    return all;
  }

  @Test
  void whatFitsComesOutAsItWentIn() {
    List<Media> in = List.of(header(1, 10), data(1, 0), data(1, 1), new Media.End(1));
    in.forEach(queue::put);
    assertThat(queue.readyBytes()).isEqualTo(2 * BIG + 10);
    assertThat(all()).isEqualTo(in);
    assertThat(queue.dropped()).isZero();
  }

  @Test
  void theOldestGoAndOneGapStandsInTheirPlaceBehindTheHeader() {
    queue.put(header(1, 10));
    for (int i = 0; i < 10; i++) {
      queue.put(data(1, i));
    }
    assertThat(all())
        .containsExactly(
            header(1, 10),
            gap(1, 0, 7, Media.Gap.Cause.READER_SLOW),
            data(1, 7),
            data(1, 8),
            data(1, 9));
    assertThat(queue.dropped()).isEqualTo(7);
  }

  @Test
  void aGapThatWasThereBeforeIsSwallowed() {
    queue.put(data(1, 0));
    queue.put(gap(1, 1, 5, Media.Gap.Cause.LOST));
    for (int i = 5; i < 10; i++) {
      queue.put(data(1, i));
    }
    assertThat(all()).first().isEqualTo(gap(1, 0, 7, Media.Gap.Cause.READER_SLOW));
    assertThat(queue.dropped()).isEqualTo(3);
  }

  @Test
  void gapsThatFollowEachOtherBecomeOne() {
    queue.put(gap(1, 0, 2, Media.Gap.Cause.LOST));
    queue.put(gap(1, 2, 5, Media.Gap.Cause.LOST));
    queue.put(gap(1, 7, 8, Media.Gap.Cause.LOST));
    assertThat(all())
        .containsExactly(gap(1, 0, 5, Media.Gap.Cause.LOST), gap(1, 7, 8, Media.Gap.Cause.LOST));
  }

  @Test
  void ofTheRunsThatWentByOnlyTheLastHeaderIsKept() {
    queue.put(header(1, 10));
    queue.put(data(1, 0));
    queue.put(header(2, 20));
    for (int i = 0; i < 5; i++) {
      queue.put(data(2, i));
    }
    assertThat(all())
        .containsExactly(
            gap(1, 0, 1, Media.Gap.Cause.READER_SLOW),
            header(2, 20),
            gap(2, 0, 2, Media.Gap.Cause.READER_SLOW),
            data(2, 2),
            data(2, 3),
            data(2, 4));
  }

  @Test
  void endlessRunsWithoutDataCostBoundedMemory() {
    for (int epoch = 0; epoch < 2_000; epoch++) {
      queue.put(header(epoch, 1_000));
      queue.put(gap(epoch, 0, 1, Media.Gap.Cause.LOST));
    }
    assertThat(all()).hasSizeLessThan(200).last().isEqualTo(gap(1_999, 0, 1, Media.Gap.Cause.LOST));
  }

  @Test
  void aClosedQueueIsEmptyAndStaysSo() throws InterruptedException {
    queue.put(data(1, 0));
    queue.close();
    queue.put(data(1, 1));
    assertThat(queue.take()).isNull();
    assertThat(all()).isEmpty();
  }

  @Test
  void whoeverWaitsForMoreIsTold() {
    List<String> told = new ArrayList<>();
    queue.onAvailable(() -> told.add("more"));
    queue.put(data(1, 0));
    queue.close();
    assertThat(told).hasSize(2);
  }
}
