package dev.livestream.engine.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.wire.Role;
import org.junit.jupiter.api.Test;

/** What is remembered of a peer. */
class PeerTest {
  private static final long START = Scene.START;

  private final Peer peer = Scene.of(Role.VIEWER, 8).peer(Role.VIEWER, false, START);

  @Test
  void anAcknowledgementIsASignOfLife() {
    peer.pinged(START + 1_000);
    peer.measured(30_000, START + 2_000);

    assertThat(peer.lastHeard()).isEqualTo(START + 2_000);
    assertThat(peer.pingedAt()).as("the question is answered").isZero();
  }

  @Test
  void anAcknowledgementFromBeforeTheQuestionDoesNotAnswerIt() {
    peer.pinged(START + 2_000);
    peer.measured(30_000, START + 1_000);

    assertThat(peer.pingedAt()).isEqualTo(START + 2_000);
  }

  @Test
  void aTransportThatCannotTellChangesNothing() {
    peer.pinged(START + 1_000);
    peer.measured(30_000, 0);

    assertThat(peer.lastHeard()).isEqualTo(START);
    assertThat(peer.pingedAt()).isEqualTo(START + 1_000);
    assertThat(peer.rttMicros()).isEqualTo(30_000);
  }

  @Test
  void whoOnlyAcknowledgesForLongIsMute() {
    long later = START + 9 * Scene.SECOND;
    peer.measured(30_000, later);
    assertThat(peer.isMute(later)).isTrue();

    peer.heard(later);
    assertThat(peer.isMute(later)).isFalse();
  }

  @Test
  void onceAPeerIsMuteAcknowledgementsAnswerNoQuestion() {
    long later = START + 9 * Scene.SECOND;
    peer.pinged(later);
    peer.measured(30_000, later + 1_000);
    assertThat(peer.pingedAt()).isEqualTo(later);

    peer.heard(later + 2_000);
    assertThat(peer.pingedAt()).isZero();
  }

  @Test
  void whoShowsNothingOfWhatItWasSentIsSilent() {
    peer.measured(50_000, START + 1);
    peer.sent(START + 10);
    peer.sent(START + 20);

    assertThat(peer.isSilent(START + 200_000, 0)).as("so soon").isFalse();
    assertThat(peer.isSilent(START + 400_000, 0)).isTrue();
    assertThat(peer.isSilent(START + 400_000, 200_000)).as("this host is late itself").isFalse();
    peer.measured(50_000, START + 390_000);
    assertThat(peer.isSilent(START + 400_000, 0)).as("it has acknowledged").isFalse();
  }

  @Test
  void aSinglePieceNeedNotBeAcknowledged() {
    peer.measured(50_000, START + 1);
    peer.sent(START + 10);

    assertThat(peer.isSilent(START + 900_000, 0)).isFalse();
  }

  @Test
  void nobodyIsSilentWhereTheTransportDoesNotTell() {
    peer.sent(START + 10);
    peer.sent(START + 20);

    assertThat(peer.isSilent(START + 900_000, 0)).isFalse();
  }

  @Test
  void whoHasAManifestDoesNotLackItNorAnOlderOne() {
    assertThat(peer.lacksManifest(1, 1)).isTrue();
    peer.hasManifest(2, 3);

    assertThat(peer.lacksManifest(2, 3)).isFalse();
    assertThat(peer.lacksManifest(1, 9)).isFalse();
    assertThat(peer.lacksManifest(2, 4)).isTrue();
    assertThat(peer.lacksManifest(3, 1)).isTrue();
  }
}
