package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While the broadcaster is away trees stay as they are, and those next to it look for it. */
class CutOffTest {
  private final Grove grove = Grove.of(Role.VIEWER, 8);

  private List<Output> pass(long micros) {
    List<Output> all = new ArrayList<>();
    for (long until = grove.now + micros; grove.now < until; grove.now += 100_000) {
      grove.trees.tick(new Grove.Quiet(), grove.now);
      all.addAll(grove.scene.outputs());
    }
    return all;
  }

  private static long asked(List<Output> outputs, Peer peer) {
    return Scene.saidTo(peer.id(), outputs).stream()
        .filter(Message.Attach.class::isInstance)
        .count();
  }

  /** The source grants what it is asked for first. */
  private Peer source() {
    Peer source = grove.scene.peer(Role.SOURCE);
    List<Output> outputs = pass(200_000);
    Scene.saidTo(source.id(), outputs).stream()
        .filter(Message.Attach.class::isInstance)
        .limit(1)
        .forEach(
            message ->
                grove.trees.said(
                    source,
                    new Message.Attached(
                        ((Message.Attach) message).substream(),
                        new long[] {source.id().shortId()},
                        List.of(),
                        null),
                    grove.now));
    assertThat(grove.trees.parents()).isOne();
    return source;
  }

  @Test
  void whoHadTheSourceForAParentKnocksWhereItWas() {
    Peer source = source();
    grove.scene.book.remove(source.id());
    grove.trees.disconnected(source);

    assertThat(pass(5 * Scene.SECOND))
        .filteredOn(Output.Connect.class::isInstance)
        .extracting(output -> ((Output.Connect) output).address())
        .hasSizeBetween(5, 10)
        .containsOnly(source.address());
  }

  @Test
  void whoTookAnotherParentWhenTheSourceWasLostLooksForItAllTheSame() {
    Peer source = source();
    pass(Scene.SECOND);
    int below = belowSource(source);
    grove.scene.book.remove(source.id());
    grove.trees.disconnected(source);
    Peer other = grove.parent(below, 2);
    grove.trees.said(other, new Message.PathUpdate(below, new long[0]), grove.now);
    for (int i = 0; i < Scene.SUBSTREAMS; i++) {
      if (i != below) {
        grove.trees.said(grove.parent(i, 2), new Message.PathUpdate(i, new long[0]), grove.now);
      }
    }

    assertThat(pass(5 * Scene.SECOND))
        .filteredOn(Output.Connect.class::isInstance)
        .extracting(output -> ((Output.Connect) output).address())
        .hasSizeBetween(5, 10)
        .containsOnly(source.address());

    Peer again = grove.scene.peer(Role.SOURCE);
    grove.trees.greeted(again, false, grove.now);
    assertThat(asked(grove.scene.outputs(), again)).as("in that substream").isOne();
  }

  private int belowSource(Peer source) {
    for (int i = 0; i < Scene.SUBSTREAMS; i++) {
      if (grove.substream(i).parent() == source) {
        return i;
      }
    }
    throw new AssertionError("no child of the source");
  }

  @Test
  void whileAnotherAnswerIsAwaitedTheSourceIsAskedAllTheSame() {
    Peer source = source();
    grove.scene.book.remove(source.id());
    grove.trees.disconnected(source);
    Peer other = grove.scene.viewer();
    assertThat(asked(pass(Scene.SECOND), other)).isPositive();

    Peer again = grove.scene.peer(Role.SOURCE);
    grove.trees.greeted(again, false, grove.now);

    assertThat(asked(grove.scene.outputs(), again)).isEqualTo(Scene.SUBSTREAMS);
  }

  @Test
  void asSoonAsTheSourceIsBackItIsAskedForAPlace() {
    Peer source = source();
    grove.scene.book.remove(source.id());
    grove.trees.disconnected(source);
    pass(5 * Scene.SECOND);

    Peer again = grove.scene.peer(Role.SOURCE);
    grove.trees.greeted(again, false, grove.now);
    assertThat(asked(grove.scene.outputs(), again)).isPositive();
  }

  @Test
  void whileNothingComesFromAnywhereNobodyLeavesItsParent() {
    cutOff();
    Peer other = grove.scene.viewer();

    assertThat(asked(pass(30 * Scene.SECOND), other)).isZero();
    assertThat(asked(pass(40 * Scene.SECOND), other)).as("nobody waits for ever").isPositive();
  }

  @Test
  void whoIsCutOffWhileNeighboursAreNotWaitsForItsParentsSomeSecondsOnly() {
    cutOff();
    Peer fed = grove.scene.neighbour();
    pass(3 * Scene.SECOND);
    tellsOfAWay(fed);

    assertThat(asked(pass(2 * Scene.SECOND), fed)).isZero();
    assertThat(asked(pass(3 * Scene.SECOND), fed)).isPositive();
  }

  @Test
  void whatNeighboursSaidBeforeTheyCouldKnowDoesNotCount() {
    cutOff();
    Peer neighbour = grove.scene.neighbour();
    pass(Scene.SECOND);
    tellsOfAWay(neighbour);

    assertThat(asked(pass(15 * Scene.SECOND), neighbour)).isZero();
  }

  @Test
  void whenOneWayIsFoundAgainTheOtherParentsHaveTheirTimeToFollow() {
    cutOff();
    Peer other = grove.scene.viewer();
    pass(5 * Scene.SECOND);
    Peer parent = grove.substream(3).parent();
    assertThat(parent).isNotNull();
    long[] path = {Grove.SOURCE, parent.id().shortId()};
    grove.trees.said(parent, new Message.PathUpdate(3, path), grove.now);

    assertThat(asked(pass(Scene.SECOND), other)).isZero();
    assertThat(asked(pass(4 * Scene.SECOND), other)).isPositive();
  }

  /** Every parent says that it has no way to the source. */
  private void cutOff() {
    for (int i = 0; i < Scene.SUBSTREAMS; i++) {
      Peer parent = grove.parent(i, 1);
      grove.trees.said(parent, new Message.PathUpdate(i, new long[0]), grove.now);
    }
  }

  private void tellsOfAWay(Peer peer) {
    int[] levels = new int[Scene.SUBSTREAMS];
    levels[1] = 2;
    grove.trees.said(peer, new Message.Places(0, 1, 1, levels), grove.now);
  }

  @Test
  void whileOtherTreesLiveAParentWithoutAWayToTheSourceIsLeft() {
    for (int i = 0; i < Scene.SUBSTREAMS; i++) {
      grove.parent(i, 1);
    }
    Peer parent = grove.substream(3).parent();
    assertThat(parent).isNotNull();
    grove.trees.said(parent, new Message.PathUpdate(3, new long[0]), grove.now);
    Peer other = grove.scene.viewer();

    assertThat(asked(pass(5 * Scene.SECOND), other)).isPositive();
  }
}
