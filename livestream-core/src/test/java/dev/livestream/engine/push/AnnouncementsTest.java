package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What neighbours tell each other of their places. */
class AnnouncementsTest {
  private final Grove grove = Grove.of(Role.VIEWER, 4);

  private List<Message> toldAt(long micros, Peer peer) {
    grove.announcements.tick(Scene.START + micros);
    return grove.scene.saidTo(peer);
  }

  private Message.Places told(Peer neighbour) {
    grove.announcements.tick(grove.now);
    return (Message.Places) grove.scene.saidTo(neighbour).get(0);
  }

  /** Chunks of a substream arrive so long after they were written. */
  private void arriving(int substream, long micros) {
    for (int i = 0; i < 100; i++) {
      grove.substream(substream).lag().observe(micros);
    }
  }

  /** How long after it was written a chunk would leave for a new child, in milliseconds. */
  private long leavesAfter(Message.Places told, int substream) {
    return grove.now / 1_000 - told.present() + told.behind()[substream];
  }

  @Test
  void neighboursAreToldHowManyChildrenCanBeServedAndHowFarFromTheSource() {
    Peer neighbour = grove.scene.neighbour();
    grove.parent(3, 1);

    grove.announcements.tick(Scene.START);

    assertThat(grove.scene.saidTo(neighbour))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Places.class,
            told -> {
              assertThat(told.free()).isEqualTo(4);
              assertThat(told.home()).isEqualTo(-1);
              assertThat(told.bar()).isZero();
              assertThat(told.levels())
                  .as("the source is 1, the parent 2; without a parent there is no way")
                  .containsExactly(0, 0, 0, 3, 0, 0, 0, 0);
            });
  }

  @Test
  void whoIsNeitherNeighbourNorDependsOnThisPeerIsToldNothing() {
    Peer stranger = grove.scene.viewer();
    Peer vital = grove.children(0, 5).get(0);
    vital.vital();

    grove.announcements.tick(Scene.START);
    List<Output> outputs = grove.scene.outputs();

    assertThat(Scene.saidTo(stranger.id(), outputs)).isEmpty();
    assertThat(Scene.saidTo(vital.id(), outputs)).hasSize(1);
  }

  @Test
  void theSourceTellsEverybodyWhoIsConnected() {
    Grove source = Grove.of(Role.SOURCE, 8);
    Peer anybody = source.scene.viewer();

    source.announcements.tick(Scene.START);

    assertThat(source.scene.saidTo(anybody))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Places.class, told -> assertThat(told.levels()).containsOnly(1));
  }

  @Test
  void aLeafHasNothingToTell() {
    Grove leaf = new Grove(Scene.ofLeaf());
    Peer neighbour = leaf.scene.neighbour();
    leaf.parent(0, 1);

    leaf.announcements.tick(Scene.START);

    assertThat(leaf.scene.saidTo(neighbour)).isEmpty();
  }

  @Test
  void neighboursAreToldEveryOtherSecondInASlowStream() {
    grove.scene.context.tempo().bytes(40_000);
    Peer neighbour = grove.scene.neighbour();
    grove.parent(0, 1);

    assertThat(toldAt(0, neighbour)).hasSize(1);
    assertThat(toldAt(1_500_000, neighbour)).isEmpty();
    assertThat(toldAt(2_000_000, neighbour)).hasSize(1);
  }

  @Test
  void whoeverHasAPlaceAgainSaysSoAtOnce() {
    Peer neighbour = grove.scene.neighbour();
    assertThat(toldAt(0, neighbour)).as("nothing to offer").hasSize(1);
    assertThat(toldAt(300_000, neighbour)).as("still nothing").isEmpty();

    grove.parent(0, 1);

    assertThat(toldAt(600_000, neighbour)).as("a way to the source").hasSize(1);
    assertThat(toldAt(900_000, neighbour)).as("no news").isEmpty();
  }

  @Test
  void itIsToldHowLongAfterTheyWereWrittenChunksWouldLeave() {
    Peer neighbour = grove.scene.neighbour();
    grove.parent(3, 1);
    grove.parent(5, 1);
    arriving(3, 200_000);
    arriving(5, 320_000);

    Message.Places told = told(neighbour);

    assertThat(leavesAfter(told, 3)).isGreaterThan(200).isLessThan(400);
    assertThat(leavesAfter(told, 5) - leavesAfter(told, 3)).isEqualTo(120);
  }

  @Test
  void aChildThatPassesNothingOnWaitsForAllOthers() {
    Peer neighbour = grove.scene.neighbour();
    grove.parent(3, 1);
    arriving(3, 200_000);
    long before = leavesAfter(told(neighbour), 3);

    grove.children(3, 0, 0);
    grove.now += 2 * Scene.SECOND;
    Message.Places told = told(neighbour);

    assertThat(leavesAfter(told, 3)).as("two leaves more to serve").isGreaterThan(before);
    assertThat(leavesAfter(told, 3) - told.headStart())
        .as("who passes chunks on goes before them")
        .isEqualTo(before);
  }

  @Test
  void whoHasMeasuredNothingSaysNothingOfDelays() {
    Peer neighbour = grove.scene.neighbour();
    grove.parent(3, 1);

    assertThat(told(neighbour).present()).isZero();
  }
}
