package dev.livestream.benchmarks.swarm.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.wire.StreamParameters;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class WrittenMediaTest {
  @Test
  void writesAreCutIntoChunksOfTheGivenLength() {
    WrittenMedia written = new WrittenMedia(new StreamParameters(8, 1_000, 512, 0));

    written.add(2_500, false, 10);
    written.add(1_000, false, 20);

    assertThat(written.chunks()).isEqualTo(4);
    assertThat(written.bytes()).isEqualTo(3_500);
    assertThat(written.offset(2)).isEqualTo(2_000);
    assertThat(written.offset(3)).isEqualTo(2_500);
    assertThat(written.writtenNanos(2)).isEqualTo(10);
    assertThat(written.firstSince(11)).isEqualTo(3);
    assertThat(written.firstSince(21)).isEqualTo(4);
  }

  @Test
  void keyFramesAreCutAsTheWriterCutsThem() {
    WrittenMedia written = new WrittenMedia(new StreamParameters(8, 8_192, 512, 0));

    written.add(64_000, true, 10);

    assertThat(written.chunks()).isEqualTo(16);
    assertThat(written.offset(1)).isEqualTo(4_000);
  }

  @Test
  void anyPartOfTheStreamCanBeMadeAgain() {
    ByteBuffer whole = ByteBuffer.allocate(100_000);
    WrittenMedia.fill(whole, 0);
    ByteBuffer part = ByteBuffer.allocate(500);
    WrittenMedia.fill(part, 12_345);

    assertThat(part.flip()).isEqualTo(whole.slice(12_345, 500));
  }

  @Test
  void thePartsSumIsThatOfItsBytes() {
    ByteBuffer part = ByteBuffer.allocate(200_000 - 77);
    WrittenMedia.fill(part, 77);
    MessageDigest digest = Digests.sha256();
    digest.update(part.flip());

    assertThat(Digests.ofStream(77, 200_000)).isEqualTo(digest.digest());
  }
}
