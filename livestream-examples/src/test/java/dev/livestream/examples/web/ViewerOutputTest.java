package dev.livestream.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.BitRate;
import dev.livestream.Media;
import dev.livestream.StreamInfo;
import dev.livestream.crypto.ChunkPriority;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ViewerOutputTest {
  private final LiveMedia live = new LiveMedia();
  private final ViewerOutput output = new ViewerOutput(live);

  private void header() {
    output.accept(new Media.Header(new StreamInfo(1, "", "video/x", new byte[0], BitRate.ZERO)));
  }

  private void data(int name, boolean keyFrame) {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {(byte) name});
    output.accept(new Media.Data(bytes, name, 1, Instant.EPOCH, keyFrame, ChunkPriority.ORDINARY));
  }

  private int heardFirst() throws InterruptedException {
    try (LiveMedia.Listener listener = live.listen()) {
      data(9, true);
      return listener.take().get(0).data().get(0);
    }
  }

  @Test
  void playersStartAtKeyFrames() throws Exception {
    header();
    data(1, true);
    data(2, true);
    data(3, false);
    assertThat(heardFirst()).isEqualTo(2);
  }

  @Test
  void inAStreamThatMarksNonePlayersStartAnywhere() throws Exception {
    header();
    data(1, false);
    data(2, false);
    assertThat(heardFirst()).isEqualTo(2);
  }

  @Test
  void aGapIsFollowedByAKeyFrame() throws Exception {
    header();
    data(1, true);
    output.accept(new Media.Gap(1, 2, 3, Media.Gap.Cause.LOST));
    data(3, false);
    assertThat(heardFirst()).isEqualTo(9);
  }
}
