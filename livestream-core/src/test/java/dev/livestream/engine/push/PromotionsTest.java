package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Children that have outgrown their parent are sent upwards; nobody climbs by trying. */
class PromotionsTest {
  private static final int STRONG = 60;

  private final Grove grove = Grove.of(Role.VIEWER, 4);
  private final Promotions promotions = new Promotions(grove.scene.context, grove.trees);

  private List<Message> saidTo(Peer child) {
    return saidTo(child, true);
  }

  private List<Message> saidTo(Peer child, boolean calm) {
    promotions.tick(grove.places.room(), calm, grove.now);
    return grove.scene.saidTo(child);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20, 100})
  void onlyWhoIsClearlyStrongerMovesAndAtHomeSooner(int child) {
    assertThat(Promotions.isClearlyStronger(child, true, child)).as("the same").isFalse();
    assertThat(Promotions.isClearlyStronger(child + 1, true, child)).as("hardly more").isFalse();
    assertThat(Promotions.isClearlyStronger(2 * child + 4, false, child)).as("twice").isTrue();
    int enough = 0;
    while (!Promotions.isClearlyStronger(enough, true, child)) {
      enough++;
    }
    assertThat(Promotions.isClearlyStronger(enough, false, child)).as("not at home").isFalse();
  }

  @Test
  void aLeafMakesRoomForWhoeverHasItsHomeHereAndCanServeIt() {
    assertThat(Promotions.isClearlyStronger(1, true, 0)).isTrue();
    assertThat(Promotions.isClearlyStronger(0, true, 0)).isFalse();
    assertThat(Promotions.isClearlyStronger(1, false, 0)).as("not at home").isFalse();
  }

  @Test
  void whereEverybodyGetsAPlaceWhoeverCanServeAnybodyPasses() {
    assertThat(Promotions.passes(1, false, 0)).isTrue();
    assertThat(Promotions.passes(0, true, 0)).isFalse();
  }

  @Test
  void aBarIsOneMoreThanTheWeakestChildCanServe() {
    assertThat(Promotions.passes(3, true, 1)).as("against a child that serves nobody").isTrue();
    assertThat(Promotions.passes(3, true, 4)).as("against a child that serves three").isFalse();
  }

  @Test
  void aChildThatHasOutgrownThisPeerIsSentToItsParent() {
    Peer parent = grove.parent(2, 1);
    List<Peer> children = grove.children(2, 1, STRONG);

    assertThat(saidTo(children.get(1)))
        .singleElement()
        .isEqualTo(new Message.Redirect(2, RedirectReason.PROMOTED, List.of(parent.record())));
    assertThat(grove.substream(2).places()).as("it is served until it has moved").isEqualTo(2);
  }

  @Test
  void aChildThatIsHardlyStrongerStaysWhereItIs() {
    grove.parent(2, 1);
    Peer child = grove.children(2, 5).get(0);

    assertThat(saidTo(child)).isEmpty();
  }

  @Test
  void itIsNotSentAgainBeforeItHadTimeToMove() {
    grove.parent(2, 1);
    Peer child = grove.children(2, STRONG).get(0);
    assertThat(saidTo(child)).hasSize(1);

    grove.now += Scene.SECOND / 2;
    assertThat(saidTo(child)).isEmpty();
    grove.now += 3 * Scene.SECOND;
    assertThat(saidTo(child)).hasSize(1);
  }

  @Test
  void whoCannotBeFedPromotesNobody() {
    grove.parent(2, 1);
    grove.substream(2).starving(true);
    Peer child = grove.children(2, STRONG).get(0);

    assertThat(saidTo(child)).isEmpty();
  }

  @Test
  void theSourceHasNobodyAboveIt() {
    Grove source = Grove.of(Role.SOURCE, 4);
    Peer child = source.children(2, STRONG).get(0);
    new Promotions(source.scene.context, source.trees).tick(source.places.room(), true, source.now);

    assertThat(source.scene.saidTo(child)).isEmpty();
  }

  @Test
  void aLeafRisesWhenItsGrandparentServesOtherSubstreamsUnlessManyLookForPlaces() {
    Peer parent = grove.parent(2, 1);
    Peer leaf = grove.children(2, 0).get(0);
    parent.places(new Message.Places(0, 2, 0, new int[Scene.SUBSTREAMS]), grove.now);
    assertThat(saidTo(leaf, false)).isEmpty();

    grove.now += Scene.SECOND;
    assertThat(saidTo(leaf, true)).hasSize(1);
  }

  @Test
  void aLeafStaysWhereItsGrandparentIsFull() {
    Peer parent = grove.parent(2, 1);
    Peer leaf = grove.children(2, 0).get(0);
    parent.places(new Message.Places(0, 2, 1, new int[Scene.SUBSTREAMS]), grove.now);

    assertThat(saidTo(leaf, true)).isEmpty();
  }

  @Test
  void aChildAtHomeRisesWhenItsGrandparentHasTheRoomThere() {
    Peer parent = grove.parent(2, 1);
    Peer child = grove.scene.viewer();
    grove.substream(2).adopt(child, 3, true);
    assertThat(saidTo(child)).as("it has not outgrown its parent").isEmpty();

    grove.now += Scene.SECOND;
    parent.places(new Message.Places(1, 2, 0, new int[Scene.SUBSTREAMS]), grove.now);
    assertThat(saidTo(child)).hasSize(1);
  }
}
