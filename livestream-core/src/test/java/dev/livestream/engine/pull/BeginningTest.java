package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import org.junit.jupiter.api.Test;

/** Where a newcomer starts, by what others tell. */
class BeginningTest {
  private static final long EPOCH = 1;
  private static final long MILLI = 1_000;
  private static final int INTERVAL = 2_000;

  private final Scene scene = Scene.of(Role.VIEWER, 8);
  private final Beginning beginning = new Beginning(scene.book);
  private long now = Scene.START;

  /** A neighbour that holds everything from a key frame on. */
  private Peer tells(long entry, int passedMillis, int intervalMillis) {
    byte[] bits = {-1, -1};
    Peer peer = scene.neighbour();
    peer.status(
        new Message.Have(EPOCH, entry, bits, 0, entry, passedMillis, intervalMillis, false), now);
    peer.have().replace(entry, bits);
    beginning.choose(EPOCH, now);
    return peer;
  }

  private long entryAfter(long millis) {
    now += millis * MILLI;
    beginning.choose(EPOCH, now);
    return beginning.entry(EPOCH);
  }

  @Test
  void aNewcomerStartsAtTheLatestKeyFrame() {
    tells(100, 500, INTERVAL);
    tells(200, 100, INTERVAL);

    assertThat(beginning.entry(EPOCH)).isEqualTo(200);
    assertThat(beginning.passesOver(200)).isFalse();
  }

  @Test
  void aKeyFrameThatIsSoNearThatTwiceAsMuchHasPassedIsWaitedFor() {
    tells(100, 1_400, INTERVAL);

    assertThat(beginning.entry(EPOCH)).isEqualTo(-1);
    assertThat(beginning.passesOver(100)).isTrue();
    assertThat(beginning.passesOver(101)).as("the next one").isFalse();
  }

  @Test
  void aKeyFrameThatIsFurtherAwayIsNotWaitedFor() {
    tells(100, 1_200, INTERVAL);

    assertThat(entryAfter(600)).as("even when it is near").isEqualTo(100);
  }

  @Test
  void asLongAsTheLastOneIsAllThereIsKnownItIsStartedAt() {
    tells(100, 1_900, 0);

    assertThat(beginning.entry(EPOCH)).isEqualTo(100);
  }

  @Test
  void whoKnowsHowFarKeyFramesLieApartIsBelievedBeforeOneWhoDoesNot() {
    tells(100, 1_900, 0);
    tells(100, 1_900, INTERVAL);

    assertThat(beginning.entry(EPOCH)).isEqualTo(-1);
  }

  @Test
  void whereKeyFramesLieFarApartNobodyWaitsForLong() {
    tells(100, 9_000, 10_000);
    assertThat(beginning.entry(EPOCH)).isEqualTo(100);
  }

  @Test
  void whereTheyComeWithEveryFrameNobodyWaits() {
    tells(100, 0, 40);
    assertThat(beginning.entry(EPOCH)).isEqualTo(100);
  }

  @Test
  void whatIsOverdueByFarIsNotWaitedFor() {
    tells(100, 2_500, INTERVAL);
    assertThat(beginning.entry(EPOCH)).isEqualTo(100);
  }

  @Test
  void whenTheKeyFrameDoesNotComeTheLastOneIsStartedAt() {
    tells(100, 1_700, INTERVAL);

    assertThat(entryAfter(700)).isEqualTo(-1);
    assertThat(entryAfter(200)).isEqualTo(100);
    assertThat(beginning.passesOver(100)).isFalse();
  }

  @Test
  void whenTheStreamHasEndedNothingIsWaitedFor() {
    tells(100, 1_700, INTERVAL);
    beginning.ended();

    assertThat(beginning.entry(EPOCH)).isEqualTo(100);
  }

  @Test
  void whoeverMakesANewcomerWaitIsNotDoubtedForIt() {
    tells(100, 1_600, INTERVAL);
    for (int i = 0; i < 8; i++) {
      now += 100 * MILLI;
      assertThat(beginning.doubts(EPOCH, now)).isFalse();
    }
    assertThat(entryAfter(200)).isEqualTo(100);
  }
}
