package dev.livestream.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsSplitterTest {
  private static final long FRAME = 27_000_000 / 30;

  private static byte[] clip() {
    TsWriter clip = new TsWriter();
    for (int i = 0; i < 6; i++) {
      if (i % 3 == 0) {
        clip.tables().keyFrame(i * FRAME);
      } else {
        clip.frame(i * FRAME);
      }
      clip.sound();
    }
    return clip.bytes();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 187, 188, 1_000, 1_000_000})
  void everyByteComesOutInOrderHoweverItGoesIn(int pieces) throws Exception {
    byte[] clip = clip();
    Units units = Units.of(new TsSplitter(), clip, pieces);
    assertThat(units.bytes()).isEqualTo(clip);
    assertThat(units.keyFrames()).containsExactly(true, false, false, true, false, false);
  }

  @Test
  void aKeyFrameBeginsAtTheTablesInFrontOfIt() throws Exception {
    Units units = Units.of(new TsSplitter(), clip(), 500);
    TsPacket first = new TsPacket(Units.bytes(units.list.get(3)), 0);
    TsPacket third = new TsPacket(Units.bytes(units.list.get(3)), 2 * TsPacket.BYTES);
    assertThat(first.pid()).isZero();
    assertThat(third.pid()).isEqualTo(TsWriter.VIDEO_PID);
    assertThat(third.randomAccess()).isTrue();
  }

  @Test
  void tablesBeforeAnOrdinaryFrameStartNothing() throws Exception {
    byte[] clip = new TsWriter().tables().keyFrame(0).tables().frame(FRAME).bytes();
    Units units = Units.of(new TsSplitter(), clip, 188);
    assertThat(units.keyFrames()).containsExactly(true, false);
    assertThat(units.list.get(1).size()).isEqualTo(2 * TsPacket.BYTES);
  }

  @Test
  void aKeyFrameWithoutTablesBeginsAtItself() throws Exception {
    byte[] clip = new TsWriter().tables().keyFrame(0).frame(FRAME).keyFrame(2 * FRAME).bytes();
    Units units = Units.of(new TsSplitter(), clip, 188);
    assertThat(units.keyFrames()).containsExactly(true, false, true);
    assertThat(units.list.get(2).size()).isEqualTo(2 * TsPacket.BYTES);
  }

  @Test
  void aKeyFrameThatOnlyItsPayloadGivesAwayIsFound() throws Exception {
    byte[] clip =
        new TsWriter().tables().keyFrame(0).frame(FRAME).picture(0, 2 * FRAME, 6_000, 0x65).bytes();
    assertThat(Units.of(new TsSplitter(), clip, 188).keyFrames())
        .containsExactly(true, false, true);
  }

  @Test
  void theVeryFirstUnitIsAPlaceToStart() throws Exception {
    byte[] clip = new TsWriter().sound().tables().keyFrame(0).bytes();
    assertThat(Units.of(new TsSplitter(), clip, 188).keyFrames()).containsExactly(true, true);
  }

  @Test
  void unitsAreDueByTheClockReferences() throws Exception {
    assertThat(Units.of(new TsSplitter(), clip(), 188).micros())
        .containsExactly(0L, 33_333L, 66_666L, 99_999L, 133_332L, 166_665L);
  }

  @Test
  void theClockWrapsAround() throws Exception {
    long start = TsPacket.PCR_WRAP - FRAME;
    TsWriter clip = new TsWriter().tables().keyFrame(start).frame(0).frame(FRAME);
    assertThat(Units.of(new TsSplitter(), clip.bytes(), 188).micros())
        .containsExactly(0L, 33_333L, 66_666L);
  }

  @Test
  void aJumpOfTheClockHoldsNothingUp() throws Exception {
    TsWriter clip = new TsWriter().tables().keyFrame(5_000 * FRAME).frame(5_001 * FRAME);
    clip.tables().keyFrame(0).frame(FRAME).tables().keyFrame(90_000 * FRAME);
    assertThat(Units.of(new TsSplitter(), clip.bytes(), 188).micros())
        .containsExactly(0L, 33_333L, 33_333L, 66_666L, 66_666L);
  }

  @Test
  void anAnnouncedDiscontinuityHoldsNothingUp() throws Exception {
    TsWriter clip = new TsWriter().tables().keyFrame(0).frame(FRAME);
    clip.picture(0x80, 100 * FRAME, 300_000, 0x41).frame(101 * FRAME);
    assertThat(Units.of(new TsSplitter(), clip.bytes(), 188).micros())
        .containsExactly(0L, 33_333L, 33_333L, 66_666L);
  }

  @Test
  void decodingTimesFillInBetweenReferences() throws Exception {
    TsWriter clip = new TsWriter().tables().keyFrame(0);
    clip.picture(0, -1, 3_000, 0x41).picture(0, -1, 6_000, 0x41).frame(3 * FRAME);
    assertThat(Units.of(new TsSplitter(), clip.bytes(), 188).micros())
        .containsExactly(0L, 33_333L, 66_666L, 100_000L);
  }

  @Test
  void withoutAClockUnitsAreUntimed() throws Exception {
    TsWriter clip = new TsWriter().tables().picture(0x40, -1, 0, 0x67).picture(0, -1, 3_000, 0x41);
    assertThat(Units.of(new TsSplitter(), clip.bytes(), 188).micros())
        .containsOnly(MediaUnit.UNTIMED);
  }

  @Test
  void liveInputThatPausesIsPassedOnAtOnceExceptTablesThatMayStartAKeyFrame() throws Exception {
    TsSplitter splitter = new TsSplitter();
    Units units = new Units();
    byte[] before = new TsWriter().tables().keyFrame(0).tables().bytes();
    splitter.push(before, 0, before.length, units);
    splitter.drain(units);
    assertThat(units.bytes()).hasSize(before.length - 2 * TsPacket.BYTES);
    byte[] after = new TsWriter().keyFrame(FRAME).bytes();
    splitter.push(after, 0, after.length, units);
    splitter.drain(units);
    assertThat(units.keyFrames()).containsExactly(true, true);
    assertThat(units.list.get(1).size()).isEqualTo(4 * TsPacket.BYTES);
  }

  @Test
  void bytesBetweenPacketsGoAlong() throws Exception {
    byte[] clip =
        new TsWriter()
            .tables()
            .keyFrame(0)
            .junk((byte) 1, (byte) 2)
            .tables()
            .keyFrame(FRAME)
            .bytes();
    Units units = Units.of(new TsSplitter(), clip, 100);
    assertThat(units.bytes()).isEqualTo(clip);
    assertThat(units.keyFrames()).containsExactly(true, true);
  }

  @Test
  void damagedStreamsPassThroughWhole() throws Exception {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      byte[] clip = clip();
      for (int i = 0; i < 200; i++) {
        clip[random.nextInt(clip.length)] = (byte) random.nextInt();
      }
      byte[] damaged = Arrays.copyOfRange(clip, random.nextInt(300), clip.length);
      Units units = Units.of(new TsSplitter(), damaged, 1 + random.nextInt(600));
      assertThat(units.bytes()).as("seed %d", seed).isEqualTo(damaged);
    }
  }
}
