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
  void asSoonAsTheSourceIsBackItIsAskedForAPlace() {
    Peer source = source();
    grove.scene.book.remove(source.id());
    grove.trees.disconnected(source);
    pass(5 * Scene.SECOND);

    Peer again = grove.scene.peer(Role.SOURCE);
    grove.trees.greeted(again, grove.now);
    assertThat(asked(grove.scene.outputs(), again)).isPositive();
  }

  @Test
  void whileNothingComesFromAnywhereNobodyLeavesItsParent() {
    for (int i = 0; i < Scene.SUBSTREAMS; i++) {
      Peer parent = grove.parent(i, 1);
      grove.trees.said(parent, new Message.PathUpdate(i, new long[0]), grove.now);
    }
    Peer other = grove.scene.viewer();

    assertThat(asked(pass(5 * Scene.SECOND), other)).isZero();
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
