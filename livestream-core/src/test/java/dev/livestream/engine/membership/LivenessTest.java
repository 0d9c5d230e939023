package dev.livestream.engine.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is asked for a sign of life, and who counts as dead. */
class LivenessTest {
  private static final long STEP = 100_000;

  private final Scene scene = Scene.of(Role.VIEWER, 8);
  private final Liveness liveness = new Liveness(scene.context, scene.book);
  private long now = Scene.START;

  private Peer peer() {
    Peer peer = scene.peer(Role.VIEWER, false, now);
    peer.mesh(Peer.Mesh.NEIGHBOUR);
    return peer;
  }

  /** How long a peer is silent before it is asked. */
  private long askedAfter(Peer peer) {
    long since = now;
    while (now < since + 60 * Scene.SECOND) {
      now += STEP;
      liveness.tick(now);
      if (peer.pingedAt() > 0) {
        return now - since;
      }
    }
    return Long.MAX_VALUE;
  }

  @Test
  void whoIsSilentIsAskedAndIsDeadIfNoAnswerComes() {
    Peer peer = peer();
    askedAfter(peer);
    assertThat(scene.saidTo(peer)).singleElement().isInstanceOf(Message.Ping.class);

    now += 2 * Scene.SECOND;
    assertThat(liveness.tick(now).dead()).containsExactly(peer);
  }

  @Test
  void aChildIsAskedSooner() {
    Peer neighbour = peer();
    long forNeighbour = askedAfter(neighbour);
    Peer child = peer();
    child.childIn(1);
    long forChild = askedAfter(child);

    assertThat(forChild).isLessThan(forNeighbour);
    assertThat(forNeighbour).isLessThan(5 * Scene.SECOND);
  }

  @Test
  void whoAcknowledgesIsNotAskedUntilItHasBeenMuteForLong() {
    Peer peer = peer();
    long asked = 0;
    while (asked == 0 && now < Scene.START + 60 * Scene.SECOND) {
      now += STEP;
      peer.measured(30_000, now);
      liveness.tick(now);
      asked = peer.pingedAt();
    }
    assertThat(asked - Scene.START).isBetween(5 * Scene.SECOND, 15 * Scene.SECOND);
  }

  @Test
  void aHostThatAcknowledgesForAProgramThatHangsIsDeadInTheEnd() {
    Peer peer = peer();
    List<Peer> dead = List.of();
    while (dead.isEmpty() && now < Scene.START + 60 * Scene.SECOND) {
      now += STEP;
      peer.measured(30_000, now);
      dead = liveness.tick(now).dead();
    }
    assertThat(dead).containsExactly(peer);
  }

  @Test
  void whoTalksIsNeverAsked() {
    Peer peer = peer();
    for (int i = 0; i < 300; i++) {
      now += STEP;
      peer.heard(now);
      liveness.tick(now);
    }
    assertThat(scene.saidTo(peer)).isEmpty();
  }
}
