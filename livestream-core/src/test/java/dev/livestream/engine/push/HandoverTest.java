package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.PushState;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A child that changes parents: what the former, the new one and the child itself make of it. */
class HandoverTest {
  private static final int SUBSTREAM = 0;
  private static final int STEP = Scene.SUBSTREAMS;

  private final Grove grove = Grove.of(Role.VIEWER, 8);
  private final Substream substream = grove.substream(SUBSTREAM);

  private void forward(int number) {
    grove.trees.forward(grove.scene.chunk((long) number * STEP), null, Long.MAX_VALUE, Scene.START);
  }

  private List<Long> sentTo(Peer peer) {
    return grove.scene.sendAll(Scene.START).stream()
        .filter(sent -> sent.peer().equals(peer.id()))
        .map(sent -> sent.chunk().sequence() / STEP)
        .toList();
  }

  private Peer child() {
    grove.parent(SUBSTREAM, 1);
    return grove.children(SUBSTREAM, 0).get(0);
  }

  @Test
  void whoGrantsAPlaceSaysWhichChunkComesFirst() {
    grove.parent(SUBSTREAM, 1);
    forward(5);
    Peer asker = grove.scene.viewer();
    grove.trees.said(asker, new Message.Attach(SUBSTREAM, 0, false), grove.now);

    assertThat(grove.scene.saidTo(asker))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Attached.class, granted -> assertThat(granted.next()).isEqualTo(6L * STEP));
  }

  @Test
  void theFormerParentGoesOnUpToTheFirstChunkOfTheNewOne() {
    Peer child = child();
    forward(1);
    grove.trees.said(child, new Message.Detach(SUBSTREAM, 4L * STEP), grove.now);

    assertThat(substream.places()).as("its place is free").isZero();
    for (int number = 2; number < 7; number++) {
      forward(number);
    }
    assertThat(sentTo(child)).containsExactly(1L, 2L, 3L);
    assertThat(substream.child(child)).as("served to the end").isNull();
  }

  @Test
  void whatTheFormerParentIsAheadOfIsNotSentTwice() {
    Peer child = child();
    forward(5);
    grove.trees.said(child, new Message.Detach(SUBSTREAM, 4L * STEP), grove.now);

    assertThat(substream.child(child)).isNull();
  }

  @Test
  void aFormerChildIsNotServedForLong() {
    Peer child = child();
    grove.trees.said(child, new Message.Detach(SUBSTREAM, 1_000L * STEP), grove.now);
    assertThat(substream.child(child)).isNotNull();

    grove.places.tick(grove.now + 2 * Scene.SECOND);

    assertThat(substream.child(child)).isNull();
  }

  @Test
  void whatIsLeftToAParentThatDidItsWorkIsWaitedFor() {
    Peer former = grove.parent(SUBSTREAM, 2);
    move(true);

    assertThat(grove.trees.push().patience(2L * STEP, grove.now - 50_000)).isPositive();
    assertThat(grove.trees.push().state(2L * STEP, grove.now - 50_000, grove.now))
        .isEqualTo(PushState.COMING);

    grove.trees.disconnected(former);
    assertThat(grove.trees.push().patience(2L * STEP, grove.now - 50_000))
        .as("it has gone")
        .isZero();
  }

  @Test
  void whatNoParentIsTrustedToPushIsAskedForAtOnce() {
    grove.parent(SUBSTREAM, 2);
    move(false);

    assertThat(grove.trees.push().patience(2L * STEP, grove.now - 50_000)).isZero();
    assertThat(grove.trees.push().state(2L * STEP, grove.now - 50_000, grove.now))
        .isEqualTo(PushState.NONE);
    assertThat(grove.trees.push().patience(3L * STEP, grove.now - 50_000))
        .as("the new parent has said that it comes")
        .isPositive();
  }

  private void move(boolean relies) {
    Peer next = grove.scene.viewer();
    long[] path = {Grove.SOURCE, next.id().shortId()};
    substream.attach(next, path, List.of(), 3L * STEP, relies, grove.now);
  }

  @Test
  void whoMovesTellsItsFormerParentWhereTheNewOneBegins() {
    Peer former = grove.parent(SUBSTREAM, 1);
    Peer next = grove.scene.viewer();
    List<PeerRecord> candidates = List.of(Objects.requireNonNull(next.record()));
    grove.trees.said(
        former, new Message.Redirect(SUBSTREAM, RedirectReason.OVERLOADED, candidates), grove.now);
    assertThat(grove.scene.saidTo(next)).singleElement().isInstanceOf(Message.Attach.class);
    long[] path = {Grove.SOURCE, next.id().shortId()};
    grove.trees.said(
        next, new Message.Attached(SUBSTREAM, path, List.of(), null, 9L * STEP), grove.now);

    assertThat(grove.scene.saidTo(former))
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Detach.class, detach -> assertThat(detach.until()).isEqualTo(9L * STEP));
  }
}
