package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who may turn to the source when its child dies: a few, and they know it beforehand. */
class HeirsTest {
  private final Grove grove = Grove.of(Role.VIEWER, 8);
  private final Heirs heirs = new Heirs(grove.scene.context, grove.trees, grove.referrals);

  private List<Peer> told(List<Peer> children) {
    heirs.tick(grove.now);
    List<Output> outputs = grove.scene.outputs();
    return children.stream().filter(child -> !Scene.saidTo(child.id(), outputs).isEmpty()).toList();
  }

  @Test
  void theStrongestChildrenOfAChildOfTheSourceAreToldHowToReachIt() {
    Peer source = grove.sourceAsParent(1);
    List<Peer> children = grove.children(1, 1, 5, 2, 4, 3);
    Peer strongest = children.get(1);

    heirs.tick(grove.now);

    assertThat(grove.scene.saidTo(strongest))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Attached.class,
            told -> {
              assertThat(told.substream()).isEqualTo(1);
              assertThat(told.alternatives().get(0)).isEqualTo(source.record());
              assertThat(told.path()[0]).isEqualTo(source.id().shortId());
              assertThat(told.adopt()).isNull();
            });
  }

  @Test
  void onlyThreeAreTold() {
    grove.sourceAsParent(1);
    List<Peer> children = grove.children(1, 1, 5, 2, 4, 3);

    assertThat(told(children)).containsExactly(children.get(1), children.get(3), children.get(4));
  }

  @Test
  void theyAreToldOnceAndOthersWhenTheyTakeTheirPlace() {
    grove.sourceAsParent(1);
    List<Peer> children = grove.children(1, 5, 4, 3, 2);
    assertThat(told(children)).hasSize(3);
    grove.now += 2 * Scene.SECOND;
    assertThat(told(children)).isEmpty();

    grove.substream(1).release(children.get(0));
    grove.now += 2 * Scene.SECOND;
    assertThat(told(children)).containsExactly(children.get(3));
  }

  @Test
  void whoServesNobodyIsNoHeir() {
    grove.sourceAsParent(1);
    assertThat(told(grove.children(1, 0, 0))).isEmpty();
  }

  @Test
  void furtherFromTheSourceNobodyIsTold() {
    grove.parent(1, 1);
    assertThat(told(grove.children(1, 5, 4))).isEmpty();
  }

  @Test
  void anHeirWhoseParentDiesTurnsToTheSource() {
    Peer parent = grove.parent(1, 1);
    PeerRecord source = grove.scene.peer(Role.SOURCE).record();
    assertThat(source).isNotNull();
    long[] path = {source.id().shortId(), parent.id().shortId()};
    grove.substream(1).path(path, grove.now);
    grove.trees.said(parent, new Message.Attached(1, path, List.of(source), null), grove.now);

    grove.trees.disconnected(parent);
    grove.trees.tick(new Grove.Quiet(), grove.now);

    assertThat(Scene.saidTo(source.id(), grove.scene.outputs()))
        .filteredOn(Message.Attach.class::isInstance)
        .extracting(message -> ((Message.Attach) message).substream())
        .contains(1);
  }

  @Test
  void anHeirCallsTheSourceEvenIfItHasCalledAllTheStrangersItMay() {
    Peer parent = grove.parent(1, 1);
    PeerRecord source = grove.scene.stranger();
    long[] path = {source.id().shortId(), parent.id().shortId()};
    grove.substream(1).path(path, grove.now);
    grove.substream(1).alternatives(List.of(source));
    callStrangersUntilItMayNot();

    grove.trees.disconnected(parent);
    grove.trees.tick(new Grove.Quiet(), grove.now);

    assertThat(called()).containsExactly(source.id());
  }

  private void callStrangersUntilItMayNot() {
    Peer parent = grove.parent(0, 2);
    List<PeerId> called;
    do {
      PeerRecord stranger = grove.scene.stranger();
      Message promoted = new Message.Redirect(0, RedirectReason.PROMOTED, List.of(stranger));
      grove.trees.said(parent, promoted, grove.now);
      called = called();
      grove.dialer.failed(stranger.id(), grove.now);
      grove.trees.unreachable(stranger.id());
    } while (!called.isEmpty());
  }

  private List<PeerId> called() {
    return grove.scene.outputs().stream()
        .filter(Output.Connect.class::isInstance)
        .map(output -> Objects.requireNonNull(((Output.Connect) output).expected()))
        .toList();
  }

  @Test
  void theWayToTheSourceIsGoodForOneTry() {
    Substream substream = grove.substream(1);
    Peer parent = grove.parent(1, 1);
    PeerRecord source = grove.scene.stranger();
    substream.path(new long[] {source.id().shortId(), parent.id().shortId()}, grove.now);
    substream.alternatives(List.of(source));

    assertThat(substream.takeSource()).isEqualTo(source);
    assertThat(substream.takeSource()).isNull();
  }

  @Test
  void whoIsNotAtTheBeginningOfThePathIsNotTakenForTheSource() {
    Substream substream = grove.substream(1);
    grove.parent(1, 1);
    substream.alternatives(List.of(grove.scene.stranger()));

    assertThat(substream.takeSource()).isNull();
  }
}
