package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkMetaTest {
  private static final long MAX = ChunkMeta.MAX_NUMBER;

  @Test
  void takesTheWholeRangeOfEachField() throws MalformedException {
    assertThat(ChunkMeta.ofWire(0, 0, 0, 0, 0, 0).isStart()).isTrue();
    ChunkMeta largest = ChunkMeta.ofWire(MAX, MAX, MAX, 2, 1 << 20, 65_536);
    assertThat(largest)
        .isEqualTo(new ChunkMeta(MAX, MAX, MAX, ChunkPriority.KEY_FRAME, 1 << 20, 65_536));
    assertThat(largest.isStart()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 0, 0, epoch",
    "4611686018427387904, 0, 0, 0, 0, epoch",
    "0, -1, 0, 0, 0, sequence",
    "0, 9223372036854775807, 0, 0, 0, sequence",
    "0, 0, -9223372036854775808, 0, 0, timestampMicros",
    "0, 0, 4611686018427387904, 0, 0, timestampMicros",
    "0, 0, 0, -1, 0, keyFrameDistance",
    "0, 0, 0, 1048577, 0, keyFrameDistance",
    "0, 0, 0, 0, -1, length",
    "0, 0, 0, 0, 65537, length",
  })
  void refusesWhatIsOutOfRangeByName(
      long epoch, long sequence, long timestamp, int distance, int length, String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ChunkMeta(epoch, sequence, timestamp, ChunkPriority.ORDINARY, distance, length))
        .withMessageContaining(name);
    assertThatThrownBy(() -> ChunkMeta.ofWire(epoch, sequence, timestamp, 0, distance, length))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(name);
  }

  @Test
  void prioritiesKeepTheirNumbers() throws MalformedException {
    assertThat(ChunkPriority.ORDINARY.code()).isZero();
    assertThat(ChunkPriority.AUDIO.code()).isEqualTo(1);
    assertThat(ChunkPriority.KEY_FRAME.code()).isEqualTo(2);
    for (ChunkPriority priority : ChunkPriority.values()) {
      assertThat(ChunkPriority.ofCode(priority.code())).isEqualTo(priority);
    }
    for (int code : new int[] {-1, 3, 256, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> ChunkPriority.ofCode(code)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void aChunkWhosePayloadIsNotAsLongAsDescribedIsRefused() {
    ChunkMeta meta = new ChunkMeta(0, 0, 0, ChunkPriority.ORDINARY, 0, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UnsignedChunk(meta, ByteBuffer.allocate(4)))
        .withMessage("The payload has 4 bytes, described are 5.");
  }
}
