package dev.livestream.examples.media;

import static dev.livestream.examples.media.Mp4Writer.AUDIO;
import static dev.livestream.examples.media.Mp4Writer.VIDEO;
import static dev.livestream.examples.media.Mp4Writer.box;
import static dev.livestream.examples.media.Mp4Writer.concat;
import static dev.livestream.examples.media.Mp4Writer.fragment;
import static dev.livestream.examples.media.Mp4Writer.header;
import static dev.livestream.examples.media.Mp4Writer.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.livestream.examples.media.Mp4Writer.FlagsIn;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4SegmenterTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000})
  void headerAndFragmentsAreTheWholeInput(int pieces) throws Exception {
    byte[] clip =
        concat(
            header(true),
            fragment(VIDEO, true, FlagsIn.FIRST_SAMPLE),
            fragment(AUDIO, true, FlagsIn.TRACK),
            box("styp", new byte[4]),
            fragment(VIDEO, false, FlagsIn.TRACK),
            box("mfra", new byte[9]));
    Mp4Segmenter segmenter = new Mp4Segmenter();
    Units units = Units.of(segmenter, clip, pieces);
    assertThat(concat(segmenter.header().orElseThrow(), units.bytes())).isEqualTo(clip);
    assertThat(segmenter.header()).contains(header(true));
    assertThat(units.keyFrames()).containsExactly(true, false, false, false);
    assertThat(units.list.stream().map(MediaUnit::frameEnd))
        .containsExactly(true, false, true, false);
  }

  @ParameterizedTest
  @EnumSource(value = FlagsIn.class, names = "TRACK", mode = EnumSource.Mode.EXCLUDE)
  void keyFramesAreFoundWhereverTheFlagStands(FlagsIn where) throws Exception {
    byte[] clip =
        concat(
            header(true),
            fragment(VIDEO, true, where),
            fragment(VIDEO, false, where),
            fragment(VIDEO, true, where));
    assertThat(Units.of(new Mp4Segmenter(), clip, 64).keyFrames())
        .containsExactly(true, false, true);
  }

  @Test
  void namesTheCodecsAsBrowsersDo() throws Exception {
    Mp4Segmenter segmenter = new Mp4Segmenter();
    Units.of(segmenter, header(true), 50);
    assertThat(segmenter.contentType()).isEqualTo("video/mp4; codecs=\"avc1.42C01E, mp4a.40.2\"");
  }

  @Test
  void anOrdinaryFileIsRefused() {
    assertThatExceptionOfType(MediaFormatException.class)
        .isThrownBy(() -> Units.of(new Mp4Segmenter(), header(false), 50))
        .withMessageContaining("not a fragmented MP4");
    assertThatExceptionOfType(MediaFormatException.class)
        .isThrownBy(() -> Units.of(new Mp4Segmenter(), box("mdat", new byte[20]), 50))
        .withMessageContaining("before its header");
  }

  @Test
  void oversizedBoxesAreRefusedBeforeTheyAreKept() {
    byte[] small = concat(ints(Integer.MAX_VALUE, 0x6d6f6f76, 0, 0));
    byte[] large = concat(ints(1, 0x6d646174, 1 << 20, 0));
    for (byte[] box : new byte[][] {small, large}) {
      assertThatExceptionOfType(MediaFormatException.class)
          .isThrownBy(() -> Units.of(new Mp4Segmenter(), concat(header(true), box), 4096))
          .withMessageContaining("not a fragmented MP4 for live use");
    }
  }

  @Test
  void damagedFilesAreRefusedOrPassedOnButNeverThrowAnythingElse() throws Exception {
    byte[] whole =
        concat(
            header(true),
            fragment(VIDEO, true, FlagsIn.EVERY_SAMPLE),
            fragment(AUDIO, true, FlagsIn.FRAGMENT));
    int refused = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] clip = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int i = 0; i < 3; i++) {
        clip[random.nextInt(clip.length)] = (byte) random.nextInt();
      }
      try {
        Units.of(new Mp4Segmenter(), clip, 1 + random.nextInt(100));
      } catch (MediaFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 1_999);
  }
}
