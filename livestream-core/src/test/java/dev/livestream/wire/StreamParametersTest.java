package dev.livestream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long chunks are. */
class StreamParametersTest {
  private final StreamParameters parameters = new StreamParameters(8, 8_192, 512, 2_500_000);

  @Test
  void aKeyFrameIsCutIntoTwoChunksForEachSubstream() {
    assertThat(parameters.keyFrameChunkBytes(64_000)).isEqualTo(4_000);
    assertThat(parameters.keyFrameChunkBytes(64_001)).as("no third row").isEqualTo(4_001);
  }

  @Test
  void chunksOfAKeyFrameAreNeitherLongerThanAllowedNorTooShortToBeWorthTheirHeaders() {
    assertThat(parameters.keyFrameChunkBytes(1_000_000)).isEqualTo(8_192);
    assertThat(new StreamParameters(8, 2_500, 512, 0).keyFrameChunkBytes(16_000)).isEqualTo(2_048);
    assertThat(new StreamParameters(8, 512, 512, 0).keyFrameChunkBytes(4_000)).isEqualTo(512);
  }

  @Test
  void aSmallKeyFrameIsCutAsAnythingElse() {
    assertThat(parameters.keyFrameChunkBytes(32_768)).isEqualTo(8_192);
  }
}
