package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What neighbours tell each other of their places, and who is asked because of it. */
class ProspectsTest {
  private static final int ANYWHERE = Integer.MAX_VALUE;

  private final Grove grove = Grove.of(Role.VIEWER, 4);
  private final Seek seek = new Seek();

  private List<Message> toldAt(long micros, Peer peer) {
    grove.prospects.tick(Scene.START + micros);
    return grove.scene.saidTo(peer);
  }

  private Peer offering(int free, int level) {
    Peer peer = grove.scene.neighbour();
    tells(peer, new Message.Places(free, -1, 0, levels(level)));
    return peer;
  }

  private void tells(Peer peer, Message.Places told) {
    grove.prospects.told(peer, told, grove.now);
  }

  private static int[] levels(int level) {
    int[] levels = new int[Scene.SUBSTREAMS];
    Arrays.fill(levels, level);
    return levels;
  }

  private @Nullable Peer best(int substream) {
    return grove.prospects.best(grove.substream(substream), ANYWHERE, seek, grove.now);
  }

  @Test
  void neighboursAreToldHowManyChildrenCanBeServedAndHowFarFromTheSource() {
    Peer neighbour = grove.scene.neighbour();
    grove.parent(3, 1);

    grove.prospects.tick(Scene.START);

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

    grove.prospects.tick(Scene.START);
    List<Output> outputs = grove.scene.outputs();

    assertThat(Scene.saidTo(stranger.id(), outputs)).isEmpty();
    assertThat(Scene.saidTo(vital.id(), outputs)).hasSize(1);
  }

  @Test
  void theSourceTellsEverybodyWhoIsConnected() {
    Grove source = Grove.of(Role.SOURCE, 8);
    Peer anybody = source.scene.viewer();

    source.prospects.tick(Scene.START);

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

    leaf.prospects.tick(Scene.START);

    assertThat(leaf.scene.saidTo(neighbour)).isEmpty();
  }

  @Test
  void neighboursAreToldOnceASecond() {
    Peer neighbour = grove.scene.neighbour();
    grove.parent(0, 1);

    assertThat(toldAt(0, neighbour)).hasSize(1);
    assertThat(toldAt(900_000, neighbour)).isEmpty();
    assertThat(toldAt(1_100_000, neighbour)).hasSize(1);
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
  void ofThoseWithAPlaceTheNearestToTheSourceIsAsked() {
    offering(1, 4);
    Peer near = offering(1, 2);
    offering(1, 3);

    assertThat(best(0)).isSameAs(near);
    assertThat(grove.prospects.best(grove.substream(0), 2, seek, grove.now))
        .as("nobody is nearer than that")
        .isNull();
  }

  @Test
  void whoHasNoPlaceOrNoWayToTheSourceIsNotAsked() {
    offering(0, 2);
    offering(3, 0);

    assertThat(best(0)).isNull();
  }

  @Test
  void whatWasToldLongAgoIsNotReliedOn() {
    Peer peer = offering(1, 2);
    assertThat(best(0)).isSameAs(peer);

    grove.now += 4 * Scene.SECOND;
    assertThat(best(0)).isNull();
  }

  @Test
  void whoWasAskedLatelyOrIsParentOrChildAlreadyIsNotAsked() {
    seek.ask(offering(1, 2), grove.now);
    Peer parent = grove.parent(0, 1);
    tells(parent, new Message.Places(1, -1, 0, levels(2)));
    tells(grove.children(0, 3).get(0), new Message.Places(1, -1, 0, levels(2)));

    assertThat(best(0)).isNull();
    assertThat(best(1)).as("in another substream").isSameAs(parent);
  }

  @Test
  void aLeafIsNotAskedWhateverItSays() {
    Peer leaf = grove.scene.peer(Role.VIEWER, true, Scene.START);
    tells(leaf, new Message.Places(5, -1, 0, levels(2)));

    assertThat(best(0)).isNull();
  }

  @Test
  void inItsHomeAPeerAsksAlsoThoseWhoseWeakestChildItWouldReplace() {
    int home = grove.home();
    Peer full = grove.scene.neighbour();

    tells(full, new Message.Places(0, home, 1, levels(2)));
    assertThat(best(home)).as("its weakest child serves nobody").isSameAs(full);
    assertThat(best((home + 1) % Scene.SUBSTREAMS)).as("elsewhere").isNull();

    tells(full, new Message.Places(0, home, 50, levels(2)));
    assertThat(best(home)).as("its weakest child serves 49").isNull();
  }

  @Test
  void aPlaceAtTheSourceIsForThoseWhoseHomeItIs() {
    int home = grove.home();
    Peer source = grove.scene.peer(Role.SOURCE);
    int other = (home + 1) % Scene.SUBSTREAMS;
    tells(source, new Message.Places(3, -1, 0, levels(1)));
    assertThat(best(other)).as("without any way to the source").isSameAs(source);

    grove.parent((home + 2) % Scene.SUBSTREAMS, 1);
    assertThat(best(home)).isSameAs(source);
    assertThat(best(other)).isNull();
  }

  @Test
  void whatSpeaksOfAnotherNumberOfSubstreamsIsIgnored() {
    Peer peer = grove.scene.neighbour();
    tells(peer, new Message.Places(3, -1, 0, new int[] {1, 1}));

    assertThat(peer.places()).isNull();
    assertThat(best(0)).isNull();
  }

  @Test
  void whoHasRefusedIsNotAskedAgainBeforeItTellsAnew() {
    Peer peer = offering(1, 2);
    peer.places(null, grove.now);
    assertThat(best(0)).isNull();

    tells(peer, new Message.Places(1, -1, 0, levels(2)));
    assertThat(best(0)).isSameAs(peer);
  }
}
