package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.PushState;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever gets nothing promises nothing, whatever its parent says. */
class StarvingTest {
  private final Grove grove = Grove.of(Role.VIEWER, 8);
  private final Stream stream = new Stream();
  private final Peer parent = grove.parent(0, 1);
  private final Peer child = grove.children(0, 5).get(0);

  /** Chunks come into being, and are heard of at once, 80 a second. */
  private static final class Stream implements Trees.Known {
    private long end = 80;

    @Override
    public long end() {
      return end;
    }

    @Override
    public long since(long sequence) {
      return Scene.START + sequence * Scene.SECOND / 80;
    }
  }

  /** Lets time pass while the parent talks, and pushes or not. */
  private List<Message> pass(long micros, boolean pushes) {
    for (long until = grove.now + micros; grove.now < until; grove.now += 100_000) {
      stream.end = (grove.now - Scene.START) * 80 / Scene.SECOND;
      parent.heard(grove.now);
      if (pushes) {
        long latest = (stream.end - 1) / Scene.SUBSTREAMS * Scene.SUBSTREAMS;
        grove
            .trees
            .push()
            .cameFrom(parent, grove.scene.chunk(latest, grove.now), grove.now, grove.now);
      }
      grove.trees.tick(stream, grove.now);
    }
    return grove.scene.saidTo(child).stream().filter(Message.PathUpdate.class::isInstance).toList();
  }

  private static long[] path(Message message) {
    return ((Message.PathUpdate) message).path();
  }

  @Test
  void aParentThatPushesFeeds() {
    pass(2 * Scene.SECOND, true);

    assertThat(grove.substream(0).isFed()).isTrue();
    assertThat(grove.trees.paths().below(grove.substream(0))).hasSize(3);
  }

  @Test
  void whoHasGotNothingForLongTellsItsChildrenThatItHasNoWayToTheSource() {
    pass(2 * Scene.SECOND, true);
    List<Message> said = pass(3 * Scene.SECOND, false);

    assertThat(grove.substream(0).parent()).as("it still says it is the parent").isSameAs(parent);
    assertThat(grove.substream(0).isStarving()).isTrue();
    assertThat(grove.substream(0).isFed()).isFalse();
    assertThat(said).singleElement().satisfies(told -> assertThat(path(told)).isEmpty());
  }

  @Test
  void whoIsStarvedGivesNobodyAPlace() {
    pass(2 * Scene.SECOND, true);
    pass(3 * Scene.SECOND, false);
    Peer asker = grove.scene.viewer();
    grove.trees.said(asker, new Message.Attach(0, 1, false), grove.now);

    assertThat(grove.scene.saidTo(asker)).singleElement().isInstanceOf(Message.Redirect.class);
  }

  @Test
  void whoIsFedAgainSaysSo() {
    pass(2 * Scene.SECOND, true);
    pass(3 * Scene.SECOND, false);
    List<Message> said = pass(Scene.SECOND, true);

    assertThat(grove.substream(0).isFed()).isTrue();
    assertThat(said).singleElement().satisfies(told -> assertThat(path(told)).hasSize(3));
  }

  @Test
  void aNewParentBeginsWithACleanSlate() {
    Substream substream = grove.substream(0);
    substream.starving(true);
    substream.detach();
    grove.parent(0, 2);

    assertThat(substream.isStarving()).isFalse();
    assertThat(substream.isFed()).isTrue();
  }

  @Test
  void whatASilentParentWasToPushIsLookedForAtOnce() {
    pass(2 * Scene.SECOND, true);
    long known = grove.now - 300_000;
    assertThat(grove.trees.push().patience(stream.end + 8, known)).isPositive();

    passInSteps(600_000, false);
    long missing = stream.end / Scene.SUBSTREAMS * Scene.SUBSTREAMS;
    assertThat(grove.trees.push().patience(missing, stream.since(missing))).isZero();
    assertThat(grove.trees.push().state(missing, stream.since(missing), grove.now))
        .isEqualTo(PushState.NONE);
  }

  @Test
  void aSilentParentThatMissesItsTurnIsDoubtedAndAskedForASignOfLife() {
    pass(2 * Scene.SECOND, true);
    grove.scene.outputs();
    passInSteps(250_000, false);

    assertThat(grove.scene.saidTo(parent)).hasAtLeastOneElementOfType(Message.Ping.class);
    assertThat(patienceForTheNext()).isZero();
  }

  @Test
  void anotherIsAskedWithinSixTenthsOfASecondOnceAParentSaysNothing() {
    pass(2 * Scene.SECOND, true);
    Peer other = grove.scene.viewer();
    passInSteps(600_000, false);

    assertThat(grove.scene.saidTo(other))
        .as("it is asked for a place in the silent one's stead")
        .anySatisfy(
            message ->
                assertThat(message)
                    .isInstanceOfSatisfying(
                        Message.Attach.class, ask -> assertThat(ask.substream()).isZero()));
  }

  @Test
  void aParentThatMissesItsTurnAndTalksIsGivenLonger() {
    pass(2 * Scene.SECOND, true);
    grove.scene.outputs();
    passInSteps(250_000, true);

    assertThat(grove.scene.saidTo(parent)).noneMatch(Message.Ping.class::isInstance);
    assertThat(patienceForTheNext()).isPositive();
  }

  private long patienceForTheNext() {
    long missing = stream.end / Scene.SUBSTREAMS * Scene.SUBSTREAMS;
    return grove.trees.push().patience(missing, stream.since(missing));
  }

  /** Lets time pass in which the parent pushes nothing. */
  private void passInSteps(long micros, boolean talks) {
    for (long until = grove.now + micros; grove.now < until; grove.now += 20_000) {
      stream.end = (grove.now - Scene.START) * 80 / Scene.SECOND;
      if (talks) {
        parent.heard(grove.now);
      }
      grove.trees.tick(stream, grove.now);
    }
  }

  @Test
  void aParentThatAdmitsThatItHasNoWayToTheSourceIsNotBlamed() {
    pass(2 * Scene.SECOND, true);
    grove.trees.said(parent, new Message.PathUpdate(0, new long[0]), grove.now);
    pass(4 * Scene.SECOND, false);

    assertThat(grove.scene.saidTo(parent)).noneMatch(Message.Ping.class::isInstance);
  }
}
