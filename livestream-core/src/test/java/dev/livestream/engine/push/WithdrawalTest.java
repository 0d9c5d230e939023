package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A peer that leaves is missed by nobody: it goes on until its children have found others. */
class WithdrawalTest {
  private static final int SUBSTREAM = 2;

  private final Grove grove = Grove.of(Role.VIEWER, 8);

  private List<Output> withdraw() {
    grove.trees.withdraw(grove.now);
    return grove.scene.outputs();
  }

  private static Message.Redirect redirect(Peer to, List<Output> outputs) {
    List<Message> said = Scene.saidTo(to.id(), outputs);
    assertThat(said).singleElement().isInstanceOf(Message.Redirect.class);
    return (Message.Redirect) said.get(0);
  }

  @Test
  void theBestChildIsToldToTakeThePlaceEvenOfAChildOfTheSource() {
    Peer source = grove.sourceAsParent(SUBSTREAM);
    List<Peer> children = grove.children(SUBSTREAM, 1, 5);

    Message.Redirect told = redirect(children.get(1), withdraw());

    assertThat(told.reason()).isEqualTo(RedirectReason.LEAVING);
    assertThat(told.candidates().get(0)).isEqualTo(source.record());
  }

  @Test
  void theOthersAreToldOfThatOneAndNotOfTheSource() {
    Peer source = grove.sourceAsParent(SUBSTREAM);
    List<Peer> children = grove.children(SUBSTREAM, 1, 5, 0);

    List<Output> outputs = withdraw();

    for (Peer other : List.of(children.get(0), children.get(2))) {
      assertThat(redirect(other, outputs).candidates().get(0)).isEqualTo(children.get(1).record());
      assertThat(redirect(other, outputs).candidates()).doesNotContain(source.record());
    }
  }

  @Test
  void childrenAreServedUntilTheyHaveFoundOthers() {
    grove.parent(SUBSTREAM, 1);
    Peer child = grove.children(SUBSTREAM, 0).get(0);
    withdraw();

    grove.trees.forward(grove.scene.chunk(SUBSTREAM), null, Long.MAX_VALUE, grove.now);
    assertThat(grove.scene.sendAll(grove.now))
        .extracting(Output.SendChunk::peer)
        .containsExactly(child.id());
    assertThat(grove.trees.isWithdrawn(grove.now)).isFalse();

    grove.trees.said(child, new Message.Detach(SUBSTREAM), grove.now);
    assertThat(grove.trees.isWithdrawn(grove.now)).isTrue();
  }

  @Test
  void whoFindsNobodyIsNotServedForEver() {
    grove.parent(SUBSTREAM, 1);
    grove.children(SUBSTREAM, 0);
    withdraw();
    assertThat(grove.trees.isWithdrawn(grove.now + Scene.SECOND)).isFalse();

    assertThat(grove.trees.isWithdrawn(grove.now + 2 * Scene.SECOND)).isTrue();
  }

  @Test
  void placesThatAreNotNeededForChildrenAreGivenBackAtOnce() {
    Peer useless = grove.parent(SUBSTREAM, 1);
    Peer needed = grove.parent(SUBSTREAM + 1, 1);
    grove.children(SUBSTREAM + 1, 0);

    List<Output> outputs = withdraw();

    assertThat(Scene.saidTo(useless.id(), outputs))
        .singleElement()
        .isEqualTo(new Message.Detach(SUBSTREAM));
    assertThat(Scene.saidTo(needed.id(), outputs))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Detach.class, detach -> assertThat(detach.until()).isPositive());
    assertThat(grove.substream(SUBSTREAM + 1).parent()).as("still needed").isEqualTo(needed);
  }

  @Test
  void whoIsAboutToLeaveTakesNobody() {
    grove.parent(SUBSTREAM, 1);
    withdraw();
    Peer asker = grove.scene.viewer();
    grove.trees.said(asker, new Message.Attach(SUBSTREAM, 3, true), grove.now);

    assertThat(grove.scene.saidTo(asker))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Redirect.class,
            redirect -> assertThat(redirect.reason()).isEqualTo(RedirectReason.FULL));
  }

  @Test
  void whoServesNobodyMayGoAtOnce() {
    grove.parent(SUBSTREAM, 1);
    withdraw();

    assertThat(grove.trees.isWithdrawn(grove.now)).isTrue();
  }
}
