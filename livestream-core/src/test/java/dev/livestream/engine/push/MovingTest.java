package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Message.Attach.Need;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who has a parent and moves to a better one: whose place it gets, and when it must not. */
class MovingTest {
  private static final int PLACES = 4;

  private final Grove grove = Grove.of(Role.VIEWER, PLACES);

  /** A full peer that serves some children of another substream than its home. */
  private List<Peer> full(int home, int foreign) {
    grove.parent(home, 1);
    grove.parent(other(home), 1);
    grove.children(home, new int[PLACES - foreign]);
    return grove.children(other(home), new int[foreign]);
  }

  private static int other(int home) {
    return (home + 1) % Scene.SUBSTREAMS;
  }

  private List<Output> ask(Peer asker, int substream, Need need) {
    grove.trees.said(asker, new Message.Attach(substream, 0, false, need), grove.now);
    return grove.scene.outputs();
  }

  private boolean isTaken(int substream, Need need) {
    Peer asker = grove.scene.viewer();
    return Scene.saidTo(asker.id(), ask(asker, substream, need)).stream()
        .anyMatch(Message.Attached.class::isInstance);
  }

  @Test
  void atHomeWhoMovesGetsThePlaceOfAnotherSubstreamsChild() {
    int home = grove.home();
    Peer foreign = full(home, 1).get(0);
    Peer mover = grove.scene.viewer();

    List<Output> outputs = ask(mover, home, Need.MOVING);

    assertThat(Scene.saidTo(mover.id(), outputs))
        .singleElement()
        .isInstanceOf(Message.Attached.class);
    assertThat(Scene.saidTo(foreign.id(), outputs))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Redirect.class,
            sent -> assertThat(sent.reason()).isEqualTo(RedirectReason.DISPLACED));
    assertThat(isTaken(home, Need.MOVING)).as("nobody is left to make room").isFalse();
  }

  @Test
  void elsewhereNobodyMakesRoom() {
    int home = grove.home();
    full(home, 2);

    assertThat(isTaken(other(home), Need.MOVING)).isFalse();
  }

  @Test
  void whoHasNoParentAndServesNobodyMustLookWhereThereIsRoom() {
    // In a crowd one would else lose a place for each who got one.
    int home = grove.home();
    full(home, 2);

    assertThat(isTaken(home, Need.LOOKING)).isFalse();
  }

  @Test
  void whileManyLookForPlacesNobodyMoves() {
    int home = grove.home();
    full(home, 2);
    for (int i = 0; i < 5; i++) {
      isTaken(home, Need.LOOKING);
    }
    assertThat(isTaken(home, Need.MOVING)).isFalse();

    grove.now += 10 * Scene.SECOND;
    assertThat(isTaken(home, Need.MOVING)).isTrue();
  }

  @Test
  void whoIsDisplacedTurnsToTheOneThatKeepsAPlaceIfItIsConnected() {
    int substream = 2;
    Peer parent = grove.parent(substream, 1);
    Peer adopter = grove.scene.viewer();
    Peer offering = grove.scene.neighbour();
    int[] levels = new int[Scene.SUBSTREAMS];
    levels[substream] = 1;
    grove.prospects.told(offering, new Message.Places(5, -1, 0, levels), grove.now);
    PeerRecord record = Objects.requireNonNull(adopter.record());

    grove.trees.said(
        parent,
        new Message.Redirect(substream, RedirectReason.DISPLACED, List.of(record)),
        grove.now);

    assertThat(grove.scene.saidTo(adopter))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Attach.class, ask -> assertThat(ask.need()).isEqualTo(Need.MOVING));
  }
}
