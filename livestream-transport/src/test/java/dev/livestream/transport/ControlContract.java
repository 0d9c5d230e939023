package dev.livestream.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livestream.spi.CloseReason;
import dev.livestream.spi.TransportConfig.Limits;
import dev.livestream.transport.ContractFixture.Endpoint;
import dev.livestream.transport.ContractFixture.Link;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Control frames: all of them, whole, in order, within the limit. */
interface ControlContract {
  ContractFixture fixture();

  @Test
  default void controlFramesArriveWholeAndInOrder() {
    Link link = fixture().pair();
    int limit = Limits.DEFAULT.controlFrameBytes();
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      frames.add(ContractFixture.bytes(i, 1 + i * 7919 % 5_000));
    }
    frames.add(ContractFixture.bytes(300, limit));
    frames.add(ContractFixture.bytes(301, 1));

    fixture()
        .onLoop(
            link.from(),
            () -> frames.forEach(frame -> link.nearEnd().sendControl(ByteBuffer.wrap(frame))));
    fixture().await(() -> link.far().controlFrames().size() == frames.size());

    assertThat(link.far().controlFrames()).containsExactlyElementsOf(frames);
  }

  @Test
  default void controlFramesGoBothWaysAtOnce() {
    Link link = fixture().pair();
    link.far().whenControl(frame -> link.farEnd().sendControl(ByteBuffer.wrap(frame)));
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      frames.add(ContractFixture.bytes(i, 200));
    }

    for (byte[] frame : frames) {
      fixture().sendControl(link, frame);
    }
    fixture().await(() -> link.near().controlFrames().size() == frames.size());

    assertThat(link.near().controlFrames()).containsExactlyElementsOf(frames);
  }

  @Test
  default void onlyTheBytesFromPositionToLimitAreSent() {
    Link link = fixture().pair();
    byte[] whole = ContractFixture.bytes(1, 100);

    fixture()
        .onLoop(
            link.from(),
            () -> {
              link.nearEnd().sendControl(ByteBuffer.wrap(whole, 10, 20));
              link.nearEnd().sendChunk(ByteBuffer.wrap(whole, 30, 40), ContractFixture.NO_DEADLINE);
            });
    fixture()
        .await(
            () -> link.far().controlFrames().size() == 1 && link.far().chunkFrames().size() == 1);

    assertThat(link.far().controlFrames().get(0)).isEqualTo(Arrays.copyOfRange(whole, 10, 30));
    assertThat(link.far().chunkFrames().get(0)).isEqualTo(Arrays.copyOfRange(whole, 30, 70));
  }

  @Test
  default void controlFramesDoNotWaitBehindChunks() {
    Link link = fixture().pair();
    int backlog = 64;
    List<Integer> chunksBefore = new ArrayList<>();
    link.far().whenControl(frame -> chunksBefore.add(link.far().chunkFrames().size()));

    fixture()
        .onLoop(
            link.from(),
            () -> {
              for (int i = 0; i < backlog; i++) {
                link.nearEnd()
                    .sendChunk(
                        ByteBuffer.wrap(ContractFixture.bytes(i, 64 * 1024)),
                        ContractFixture.NO_DEADLINE);
              }
              link.nearEnd().sendControl(ByteBuffer.wrap(ContractFixture.bytes(99, 10)));
            });
    fixture().await(() -> link.far().chunkFrames().size() == backlog);
    fixture().await(() -> link.far().controlFrames().size() == 1);

    assertThat(chunksBefore.get(0)).isLessThan(backlog);
  }

  @Test
  default void aFrameOverTheOwnLimitIsRefusedAtOnce() {
    Link link = fixture().pair();
    ByteBuffer control = ByteBuffer.allocate(Limits.DEFAULT.controlFrameBytes() + 1);
    ByteBuffer chunk = ByteBuffer.allocate(Limits.DEFAULT.chunkFrameBytes() + 1);

    fixture()
        .onLoop(
            link.from(),
            () -> {
              assertThatThrownBy(() -> link.nearEnd().sendControl(control))
                  .isInstanceOf(IllegalArgumentException.class);
              assertThatThrownBy(() -> link.nearEnd().sendChunk(chunk, ContractFixture.NO_DEADLINE))
                  .isInstanceOf(IllegalArgumentException.class);
            });

    fixture().sendControl(link, ContractFixture.bytes(1, 10));
    fixture().await(() -> link.far().controlFrames().size() == 1);
  }

  @Test
  default void aControlFrameOverTheReceiversLimitEndsTheConnection() {
    Endpoint to = fixture().open(ContractLimits.frames(1_000, 1_000));
    Link link = fixture().link(fixture().open(), to);

    fixture().sendControl(link, ContractFixture.bytes(1, 1_000));
    fixture().sendControl(link, ContractFixture.bytes(2, 1_001));
    fixture().await(() -> link.near().isClosed() && link.far().isClosed());

    assertThat(link.far().controlFrames()).containsExactly(ContractFixture.bytes(1, 1_000));
    assertThat(link.far().closeReasons()).containsExactly(CloseReason.PROTOCOL_ERROR);
    assertThat(link.near().closeReasons()).containsExactly(CloseReason.PROTOCOL_ERROR);
  }

  @Test
  default void aChunkFrameOverTheReceiversLimitEndsTheConnection() {
    Endpoint to = fixture().open(ContractLimits.frames(1_000, 1_000));
    Link link = fixture().link(fixture().open(), to);

    fixture().sendChunk(link, ContractFixture.bytes(1, 1_000));
    fixture().await(() -> link.far().chunkFrames().size() == 1);
    fixture().sendChunk(link, ContractFixture.bytes(2, 1_001));
    fixture().await(() -> link.near().isClosed() && link.far().isClosed());

    assertThat(link.far().chunkFrames()).containsExactly(ContractFixture.bytes(1, 1_000));
    assertThat(link.far().closeReasons()).containsExactly(CloseReason.PROTOCOL_ERROR);
    assertThat(link.near().closeReasons()).containsExactly(CloseReason.PROTOCOL_ERROR);
  }
}
