package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a peer that has parents looks for better ones, and in which substream. */
class ClimbsTest {
  private static final long STEP = 20_000;
  private static final long USUAL = 300_000;
  private static final int LATE = 3;

  private final Grove grove = Grove.of(Role.VIEWER, 4);
  private final Climbs climbs =
      new Climbs(grove.scene.context, grove.trees, grove.prospects, grove.rush);
  private final Seek seek = new Seek();
  private Peer near = grove.scene.neighbour();

  @BeforeEach
  void allSubstreamsHaveParentsFarFromTheSource() {
    for (int i = 0; i < Scene.SUBSTREAMS; i++) {
      grove.parent(i, 3);
      bring(i, USUAL);
    }
  }

  private void bring(int substream, long lag) {
    for (int i = 0; i < 200; i++) {
      grove.substream(substream).lag().observe(lag);
    }
  }

  /** A neighbour says that it has a place, and that chunks written 100 ms ago leave it now. */
  private void offer() {
    int[] levels = new int[Scene.SUBSTREAMS];
    Arrays.fill(levels, 1);
    grove.prospects.told(
        near,
        new Message.Places(1, -1, 0, levels, grove.now / 1_000 - 100, new int[Scene.SUBSTREAMS], 0),
        grove.now);
  }

  /** How often the neighbour would have been asked in this time. */
  private int looks(int substream, long micros) {
    int count = 0;
    for (long until = grove.now + micros; grove.now < until; grove.now += STEP) {
      offer();
      count += climbs.better(grove.substream(substream), seek, grove.now) == near ? 1 : 0;
    }
    return count;
  }

  @Test
  void whereAllSubstreamsAreAlikeAPeerLooksNowAndThen() {
    assertThat(looks(LATE, 60 * Scene.SECOND)).isBetween(10, 40);
  }

  @Test
  void inTheFirstSecondsDelaysSayLittle() {
    bring(LATE, 2 * USUAL);

    assertThat(looks(LATE, 10 * Scene.SECOND)).isLessThan(8);
  }

  @Test
  void inTheSubstreamThatComesLatestItLooksEveryHalfSecond() {
    looks(LATE, 12 * Scene.SECOND);
    bring(LATE, 2 * USUAL);

    assertThat(looks(LATE, 60 * Scene.SECOND)).isBetween(100, 120);
    assertThat(looks(LATE - 1, 60 * Scene.SECOND)).as("the others gain nothing").isLessThan(40);
  }

  @Test
  void aLittleLaterThanTheOthersIsChance() {
    bring(LATE, USUAL + 50_000);

    assertThat(looks(LATE, 60 * Scene.SECOND)).isLessThan(40);
  }

  @Test
  void whileManyLookForPlacesOthersGoFirst() {
    bring(LATE, 2 * USUAL);
    int looks = 0;
    for (int i = 0; i < 60; i++) {
      for (int newcomer = 0; newcomer < 5; newcomer++) {
        grove.rush.note(grove.now);
      }
      looks += looks(LATE, Scene.SECOND);
    }

    assertThat(looks).isLessThan(40);
  }

  @Test
  void belowTheSourceThereIsNothingToLookFor() {
    grove.sourceAsParent(LATE);
    bring(LATE, 2 * USUAL);

    assertThat(looks(LATE, 60 * Scene.SECOND)).isZero();
  }

  @Test
  void nobodyMovesForAFewMilliseconds() {
    bring(LATE, 100_000);

    assertThat(looks(LATE, 60 * Scene.SECOND)).isZero();
  }

  @Test
  void whoIsRefusedAtHomeLooksLessOften() {
    int home = grove.home();
    int looks = 0;
    for (long until = grove.now + 60 * Scene.SECOND; grove.now < until; grove.now += STEP) {
      offer();
      if (climbs.better(grove.substream(home), seek, grove.now) != null) {
        climbs.refused(grove.substream(home), ++looks, grove.now);
      }
    }

    assertThat(looks).isBetween(1, 8);
  }
}
