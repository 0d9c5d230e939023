package dev.livestream.examples.demo;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The time of day to a tenth of a second, burned into the picture by the encoder as a seven-segment
 * display. Text would need a font file, and not every machine has one.
 */
final class SegmentClock {
  private static final int LEFT = 392;
  private static final int TOP = 300;
  private static final int DIGIT_WIDTH = 18;
  private static final int DIGIT_HEIGHT = 34;
  private static final int STROKE = 4;
  private static final int STEP = DIGIT_WIDTH + 8;
  private static final int GAP = 12;

  private SegmentClock() {}

  /**
   * One of the seven strokes.
   *
   * @param digits a bit for each digit that shows it
   */
  private record Segment(int x, int y, int width, int height, int digits) {}

  private static final List<Segment> SEGMENTS =
      List.of(
          horizontal(0, 0b11_1110_1101),
          horizontal((DIGIT_HEIGHT - STROKE) / 2, 0b11_0111_1100),
          horizontal(DIGIT_HEIGHT - STROKE, 0b11_0110_1101),
          vertical(0, 0, 0b11_0111_0001),
          vertical(DIGIT_WIDTH - STROKE, 0, 0b11_1001_1111),
          vertical(0, DIGIT_HEIGHT / 2, 0b01_0100_0101),
          vertical(DIGIT_WIDTH - STROKE, DIGIT_HEIGHT / 2, 0b11_1111_1011));

  /**
   * A place of the display.
   *
   * @param seconds how many seconds one step of it lasts
   * @param base how many values it has
   * @param gapAfter whether a separator follows
   */
  private record Place(double seconds, int base, boolean gapAfter) {}

  private static final List<Place> PLACES =
      List.of(
          new Place(36_000, 3, false),
          new Place(3_600, 10, true),
          new Place(600, 6, false),
          new Place(60, 10, true),
          new Place(10, 6, false),
          new Place(1, 10, true),
          new Place(0.1, 10, false));

  private static Segment horizontal(int y, int digits) {
    return new Segment(0, y, DIGIT_WIDTH, STROKE, digits);
  }

  private static Segment vertical(int x, int y, int digits) {
    return new Segment(x, y, STROKE, DIGIT_HEIGHT / 2, digits);
  }

  /**
   * The filter that draws it on pictures of 640 by 360.
   *
   * @param start the time of day at which the stream begins
   */
  static String filter(LocalTime start) {
    double seconds = start.toNanoOfDay() / 1e9;
    List<String> boxes = new ArrayList<>();
    boxes.add(box(LEFT - 16, TOP - 13, 244, DIGIT_HEIGHT + 26, "black@0.75"));
    int x = LEFT;
    for (Place place : PLACES) {
      for (Segment segment : SEGMENTS) {
        String value =
            String.format(
                Locale.ROOT, "mod(floor((t+%.3f)/%s),%d)", seconds, place.seconds(), place.base());
        boxes.add(
            box(x + segment.x(), TOP + segment.y(), segment.width(), segment.height(), "white")
                + String.format(
                    Locale.ROOT, ":enable='bitand(%d,pow(2,%s))'", segment.digits(), value));
      }
      x += STEP;
      if (place.gapAfter()) {
        boxes.add(box(x - 3, TOP + DIGIT_HEIGHT - STROKE, STROKE, STROKE, "white"));
        if (place.seconds() > 1) {
          boxes.add(box(x - 3, TOP + STROKE * 2, STROKE, STROKE, "white"));
        }
        x += GAP;
      }
    }
    return String.join(",", boxes);
  }

  private static String box(int x, int y, int width, int height, String colour) {
    return String.format(Locale.ROOT, "drawbox=%d:%d:%d:%d:%s:fill", x, y, width, height, colour);
  }
}
