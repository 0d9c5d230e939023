package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is asked for a place because of what neighbours have told. */
class ProspectsTest {

  private final Grove grove = Grove.of(Role.VIEWER, 4);
  private final Seek seek = new Seek();

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
    return grove.prospects.best(grove.substream(substream), seek, grove.now);
  }

  /** The one that is better than a parent at the source that brings chunks with this delay. */
  private @Nullable Peer better(int substream, long lag) {
    grove.substream(substream).lag().presume(lag);
    return grove.prospects.better(grove.substream(substream), 1, seek, grove.now);
  }

  /** A peer that says chunks written so long ago leave it now. */
  private Peer sending(long behindMillis, int headStart) {
    return sending(2, behindMillis, headStart);
  }

  private Peer sending(int level, long behindMillis, int headStart) {
    Peer peer = grove.scene.neighbour();
    long present = grove.now / 1_000 - behindMillis;
    int[] behind = new int[Scene.SUBSTREAMS];
    behind[1] = 400;
    tells(peer, new Message.Places(1, -1, 0, levels(level), present, behind, headStart));
    return peer;
  }

  @Test
  void ofThoseWithAPlaceTheOneThatBringsChunksSoonestIsAsked() {
    sending(300, 0);
    Peer soonest = sending(200, 0);
    sending(250, 0);

    assertThat(best(0)).isSameAs(soonest);
    assertThat(better(0, 230_000)).as("nobody is better than that").isNull();
    assertThat(better(0, 231_000)).isSameAs(soonest);
  }

  @Test
  void aHopMoreIsWorthFifteenMilliseconds() {
    sending(3, 200, 0);
    Peer near = sending(2, 210, 0);
    assertThat(best(0)).isSameAs(near);

    Peer soonest = sending(3, 190, 0);
    assertThat(best(0)).isSameAs(soonest);
  }

  @Test
  void substreamsCanBeBehindOneMoreThanTheOther() {
    Peer peer = sending(200, 0);

    assertThat(better(0, 500_000)).isSameAs(peer);
    assertThat(better(1, 500_000)).isNull();
  }

  @Test
  void inItsHomeAPeerIsServedBeforeLeaves() {
    int home = grove.home();
    sending(300, 0);
    Peer soonest = sending(350, 200);

    assertThat(best(home)).isSameAs(soonest);
    assertThat(best((home + 2) % Scene.SUBSTREAMS)).isNotSameAs(soonest);
  }

  @Test
  void ofThoseWhoCannotSayTheNearestToTheSourceIsAsked() {
    offering(1, 4);
    Peer near = offering(1, 2);
    offering(1, 3);

    assertThat(best(0)).isSameAs(near);

    Peer timed = sending(900, 0);
    assertThat(best(0)).as("who can say goes first").isSameAs(timed);
  }

  @Test
  void aNewParentIsPresumedToBringChunksAsItHasTold() {
    Peer peer = sending(200, 0);
    grove.prospects.presume(grove.substream(0), peer);

    assertThat(grove.substream(0).lag().isKnown()).isTrue();
    assertThat(grove.substream(0).lag().micros()).isEqualTo(200_000);

    grove.prospects.presume(grove.substream(0), offering(1, 2));
    assertThat(grove.substream(0).lag().isKnown()).as("it cannot say").isFalse();
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
