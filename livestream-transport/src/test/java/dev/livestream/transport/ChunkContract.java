package dev.livestream.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.spi.TransferOutcome;
import dev.livestream.spi.TransportConfig.Limits;
import dev.livestream.transport.ContractFixture.Link;
import dev.livestream.transport.RecordingHandler.Ended;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chunk frames: whole or not at all, each for itself, and told to the sender exactly once. */
interface ChunkContract {
  ContractFixture fixture();

  @Test
  default void chunksArriveWholeOnceAndUnchanged() {
    Link link = fixture().pair();
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      frames.add(ContractFixture.bytes(i, 1 + i * 7919 % 9_000));
    }
    frames.add(ContractFixture.bytes(200, Limits.DEFAULT.chunkFrameBytes()));

    frames.forEach(frame -> fixture().sendChunk(link, frame));
    fixture().await(() -> link.far().chunkFrames().size() == frames.size());

    assertThat(link.far().chunkFrames()).containsExactlyInAnyOrderElementsOf(frames);
    assertThat(link.near().chunkFrames()).isEmpty();
  }

  @Test
  default void aSharedFrameIsNeverChanged() {
    Link one = fixture().pair();
    Link two = fixture().link(one.from(), fixture().open());
    byte[] frame = ContractFixture.bytes(1, 5_000);

    fixture().sendChunk(one, frame);
    fixture().await(() -> one.far().chunkFrames().size() == 1);
    ByteBuffer received = one.far().chunkBuffers().get(0);
    byte[] taken = received.array();
    Arrays.fill(taken, received.arrayOffset(), taken.length, (byte) 0);
    fixture().sendChunk(two, frame);
    fixture().await(() -> two.far().chunkFrames().size() == 1);

    assertThat(frame).isEqualTo(ContractFixture.bytes(1, 5_000));
    assertThat(two.far().chunkFrames()).containsExactly(ContractFixture.bytes(1, 5_000));
  }

  @Test
  default void aReceivedChunkMayBeKept() {
    Link link = fixture().pair();

    for (int i = 0; i < 100; i++) {
      fixture().sendChunk(link, ContractFixture.bytes(i, 3_000));
    }
    fixture().await(() -> link.far().chunkFrames().size() == 100);

    for (int i = 0; i < 100; i++) {
      ByteBuffer kept = link.far().chunkBuffers().get(i);
      byte[] later = new byte[kept.remaining()];
      kept.duplicate().get(later);
      assertThat(later).isEqualTo(link.far().chunkFrames().get(i));
    }
  }

  @Test
  default void everyTransferEndsExactlyOnce() {
    Link link = fixture().pair();
    List<Long> transfers = new ArrayList<>();
    int count = 150;

    for (int i = 0; i < count; i++) {
      transfers.add(fixture().sendChunk(link, ContractFixture.bytes(i, 2_000)));
    }
    fixture().await(() -> link.near().ended().size() >= count);
    fixture().await(() -> link.far().chunkFrames().size() == count);

    assertThat(transfers).doesNotHaveDuplicates();
    assertThat(link.near().ended())
        .containsExactlyInAnyOrderElementsOf(
            transfers.stream().map(it -> new Ended(it, TransferOutcome.SENT)).toList());
    assertThat(link.far().ended()).isEmpty();
  }

  @Test
  default void aTransferHasItsNumberBeforeItEnds() {
    Link link = fixture().pair();
    List<Integer> endedWhenReturned = new ArrayList<>();

    fixture()
        .onLoop(
            link.from(),
            () -> {
              long late =
                  link.nearEnd()
                      .sendChunk(
                          ByteBuffer.wrap(ContractFixture.bytes(1, 500)),
                          link.from().transport().loop().nowMicros() - 1);
              long good =
                  link.nearEnd()
                      .sendChunk(
                          ByteBuffer.wrap(ContractFixture.bytes(2, 500)),
                          ContractFixture.NO_DEADLINE);
              assertThat(late).isNotEqualTo(good);
              endedWhenReturned.add(link.near().ended().size());
            });
    fixture().await(() -> link.near().ended().size() == 2);

    assertThat(endedWhenReturned).containsExactly(0);
  }

  @Test
  default void aCancelledChunkIsNeverSeen() {
    Link link = fixture().pair();
    int count = 100;
    List<Long> cancelled = new ArrayList<>();

    fixture()
        .onLoop(
            link.from(),
            () -> {
              // What lies ahead keeps the second half from being begun before it is cancelled.
              for (int i = 0; i < count; i++) {
                long transfer =
                    link.nearEnd()
                        .sendChunk(
                            ByteBuffer.wrap(ContractFixture.bytes(i, 32 * 1024)),
                            ContractFixture.NO_DEADLINE);
                if (i >= count / 2) {
                  cancelled.add(transfer);
                }
              }
              cancelled.forEach(link.nearEnd()::cancel);
              cancelled.forEach(link.nearEnd()::cancel);
            });
    fixture().await(() -> link.near().ended().size() >= count);
    long last = fixture().sendChunk(link, ContractFixture.bytes(count, 100));
    fixture().await(() -> link.near().ended().contains(new Ended(last, TransferOutcome.SENT)));
    fixture().await(() -> link.far().chunkFrames().size() >= count / 2 + 1);

    assertThat(link.near().ended()).hasSize(count + 1).doesNotHaveDuplicates();
    assertThat(link.near().ended())
        .filteredOn(end -> end.outcome() == TransferOutcome.CANCELLED)
        .extracting(Ended::transfer)
        .containsExactlyInAnyOrderElementsOf(cancelled);
    List<byte[]> expected = new ArrayList<>();
    for (int i = 0; i < count / 2; i++) {
      expected.add(ContractFixture.bytes(i, 32 * 1024));
    }
    expected.add(ContractFixture.bytes(count, 100));
    assertThat(link.far().chunkFrames()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  default void aChunkCancelledUnderWayArrivesWholeOrNotAtAll() {
    Link link = fixture().pair();
    int count = 60;
    List<Long> transfers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      transfers.add(fixture().sendChunk(link, ContractFixture.bytes(i, 32 * 1024)));
    }

    fixture().await(() -> !link.far().chunkFrames().isEmpty());
    fixture().onLoop(link.from(), () -> transfers.forEach(link.nearEnd()::cancel));
    fixture().await(() -> link.near().ended().size() == count);
    List<byte[]> sent = new ArrayList<>();
    for (Ended end : link.near().ended()) {
      if (end.outcome() == TransferOutcome.SENT) {
        sent.add(ContractFixture.bytes(transfers.indexOf(end.transfer()), 32 * 1024));
      }
    }
    fixture().await(() -> link.far().chunkFrames().size() >= sent.size());

    assertThat(link.near().ended()).hasSize(count).doesNotHaveDuplicates();
    assertThat(link.far().chunkFrames()).containsAll(sent);
    assertThat(link.far().chunkFrames()).allMatch(frame -> frame.length == 32 * 1024);
  }

  @Test
  default void cancellingWhatHasEndedOrNeverWasDoesNothing() {
    Link link = fixture().pair();
    long transfer = fixture().sendChunk(link, ContractFixture.bytes(1, 100));
    fixture().await(() -> link.near().ended().size() == 1);

    fixture()
        .onLoop(
            link.from(),
            () -> {
              link.nearEnd().cancel(transfer);
              link.nearEnd().cancel(transfer + 1_000);
              link.nearEnd().cancel(-1);
            });
    fixture().sendChunk(link, ContractFixture.bytes(2, 100));
    fixture().await(() -> link.far().chunkFrames().size() == 2);
    fixture().await(() -> link.near().ended().size() == 2);

    assertThat(link.near().ended()).extracting(Ended::outcome).containsOnly(TransferOutcome.SENT);
  }

  @Test
  default void aChunkWhoseDeadlineHasPassedIsDropped() {
    Link link = fixture().pair();

    long late =
        fixture()
            .onLoop(
                link.from(),
                () ->
                    link.nearEnd()
                        .sendChunk(
                            ByteBuffer.wrap(ContractFixture.bytes(1, 1_000)),
                            link.from().transport().loop().nowMicros() - 1_000));
    long good = fixture().sendChunk(link, ContractFixture.bytes(2, 1_000));
    fixture().await(() -> link.near().ended().size() == 2);
    fixture().await(() -> link.far().chunkFrames().size() == 1);

    assertThat(link.near().ended())
        .containsExactlyInAnyOrder(
            new Ended(late, TransferOutcome.CANCELLED), new Ended(good, TransferOutcome.SENT));
    assertThat(link.far().chunkFrames()).containsExactly(ContractFixture.bytes(2, 1_000));
  }

  @Test
  default void moreChunksThanTheReceiverTakesAtOnceWaitForTheirTurn() {
    Link link = fixture().link(fixture().open(), fixture().open(ContractLimits.chunksInFlight(4)));
    int count = 100;

    fixture()
        .onLoop(
            link.from(),
            () -> {
              for (int i = 0; i < count; i++) {
                link.nearEnd()
                    .sendChunk(
                        ByteBuffer.wrap(ContractFixture.bytes(i, 8_000)),
                        ContractFixture.NO_DEADLINE);
              }
            });
    fixture().await(() -> link.far().chunkFrames().size() == count);
    fixture().await(() -> link.near().ended().size() == count);

    assertThat(link.near().ended()).extracting(Ended::outcome).containsOnly(TransferOutcome.SENT);
    assertThat(link.far().isClosed()).isFalse();
  }

  @Test
  default void theQueueIsEmptyWhenEverythingHasLeft() {
    Link link = fixture().pair();
    List<Long> queued = new ArrayList<>();

    fixture()
        .onLoop(
            link.from(),
            () -> {
              for (int i = 0; i < 50; i++) {
                link.nearEnd()
                    .sendChunk(
                        ByteBuffer.wrap(ContractFixture.bytes(i, 32 * 1024)),
                        ContractFixture.NO_DEADLINE);
              }
              queued.add(link.nearEnd().stats().queuedBytes());
            });
    fixture().await(() -> link.far().chunkFrames().size() == 50);
    fixture().await(() -> link.near().ended().size() == 50);
    fixture()
        .await(
            () -> fixture().onLoop(link.from(), () -> link.nearEnd().stats().queuedBytes()) == 0);

    assertThat(queued.get(0)).isBetween(1L, 2L * 50 * 32 * 1024);
    assertThat(fixture().onLoop(link.from(), () -> link.nearEnd().stats().rttMicros()))
        .isNotNegative();
  }
}
