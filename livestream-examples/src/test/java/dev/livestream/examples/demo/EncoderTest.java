package dev.livestream.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.examples.media.MediaInput;
import dev.livestream.examples.media.MediaUnit;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderTest {
  @Test
  void makesAFragmentForEachFrameWithAKeyFrameEachSecond() throws Exception {
    List<MediaUnit> pictures = new ArrayList<>();
    try (Encoder encoder = Encoder.ofTestPicture(EncoderProgram.find())) {
      MediaInput media = MediaInput.open(encoder.output(), false);
      assertThat(media.contentType()).isEqualTo("video/mp4; codecs=\"avc1.42C01E, mp4a.40.2\"");
      assertThat(media.header()).hasSizeBetween(500, 4_000);
      media.pump(
          unit -> {
            if (unit.frameEnd()) {
              pictures.add(unit);
            }
            if (pictures.size() == 61) {
              encoder.stop();
            }
          });
    }
    assertThat(pictures.get(0).keyFrame()).isTrue();
    assertThat(pictures.subList(1, 30)).noneMatch(MediaUnit::keyFrame);
    assertThat(pictures.get(30).keyFrame()).isTrue();
    assertThat(pictures.get(60).keyFrame()).isTrue();
  }

  @Test
  void theClockInThePictureShowsTheTimeOfDay() throws Exception {
    String filter = "color=black:size=640x360," + SegmentClock.filter(LocalTime.of(12, 34, 56));
    List<String> arguments =
        List.of(
            "-nostdin",
            "-loglevel",
            "error",
            "-f",
            "lavfi",
            "-i",
            filter,
            "-frames:v",
            "1",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "gray",
            "pipe:1");
    Process process =
        EncoderProgram.find()
            .command(arguments)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] picture = process.getInputStream().readAllBytes();
    assertThat(picture).hasSize(640 * 360);
    assertThat(SevenSegments.read(picture)).isEqualTo("1234560");
  }

  @Test
  void closingTwiceIsFineAndEndsTheProcess() throws Exception {
    Encoder encoder = Encoder.ofTestPicture(EncoderProgram.find());
    encoder.close();
    encoder.close();
    assertThat(encoder.isRunning()).isFalse();
  }
}
