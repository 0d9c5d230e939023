package dev.livestream.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.examples.media.Mp4Writer.FlagsIn;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class MediaInputTest {
  private static MediaInput open(byte[] bytes) throws Exception {
    return MediaInput.open(new ByteArrayInputStream(bytes), true);
  }

  private static byte[] pump(MediaInput input) throws Exception {
    Units units = new Units();
    input.pump(units);
    return Mp4Writer.concat(input.header(), units.bytes());
  }

  @Test
  void transportStreamsAreKnownByTheirPacketsAndMeasuredByTheirClock() throws Exception {
    TsWriter writer = new TsWriter().tables();
    for (int i = 0; i < 300; i++) {
      writer.frame(i * 900_000L);
    }
    MediaInput input = open(writer.bytes());
    assertThat(input.contentType()).isEqualTo("video/mp2t");
    assertThat(input.header()).isEmpty();
    assertThat(input.bitrate()).isBetween(2 * 188 * 8 * 30L, 2 * 188 * 8 * 31L);
    assertThat(pump(input)).isEqualTo(writer.bytes());
  }

  @Test
  void fragmentedMp4HasAHeader() throws Exception {
    byte[] clip =
        Mp4Writer.concat(
            Mp4Writer.header(true), Mp4Writer.fragment(Mp4Writer.VIDEO, true, FlagsIn.FRAGMENT));
    MediaInput input = open(clip);
    assertThat(input.contentType()).startsWith("video/mp4; codecs=");
    assertThat(input.header()).isEqualTo(Mp4Writer.header(true));
    assertThat(pump(input)).isEqualTo(clip);
  }

  @Test
  void inputThatComesLateIsKnownByItsFirstBytes() throws Exception {
    byte[] packets = new TsWriter().tables().keyFrame(0).tables().keyFrame(900_000).bytes();
    Units units = new Units();
    MediaInput.openLate(new ByteArrayInputStream(packets)).pump(units);
    assertThat(units.bytes()).isEqualTo(packets);
    assertThat(units.keyFrames()).containsExactly(true, true);
    for (byte[] bytes : new byte[][] {new byte[0], {0x47}, new byte[1_000]}) {
      assertThat(pump(MediaInput.openLate(new ByteArrayInputStream(bytes)))).isEqualTo(bytes);
    }
  }

  @Test
  void whatIsNotFitForLiveUseIsPassedOnAsBytes() throws Exception {
    byte[] ordinaryMp4 = Mp4Writer.concat(Mp4Writer.header(false), new byte[100]);
    byte[] largeHeader = Mp4Writer.concat(Mp4Writer.box("ftyp", new byte[40_000]), ordinaryMp4);
    byte[] startsLikePackets = new byte[1_000];
    startsLikePackets[0] = 0x47;
    byte[][] inputs = {
      ordinaryMp4, largeHeader, startsLikePackets, new byte[0], {1}, new byte[10_000]
    };
    for (byte[] bytes : inputs) {
      MediaInput input = open(bytes);
      assertThat(input.contentType()).isEqualTo("application/octet-stream");
      assertThat(input.header()).isEmpty();
      assertThat(pump(input)).isEqualTo(bytes);
    }
  }
}
