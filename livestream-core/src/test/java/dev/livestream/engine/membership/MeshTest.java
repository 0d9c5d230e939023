package dev.livestream.engine.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a peer asks for company after a disaster. */
class MeshTest {
  private static final int CONNECTED = 20;

  private final Scene scene = Scene.of(Role.VIEWER, 8);
  private final PassiveView passive =
      new PassiveView(scene.context.config().self(), 64, scene.context.random());
  private final Mesh mesh =
      new Mesh(
          scene.context, scene.book, passive, new Dialer(scene.context, scene.book), Scene.START);
  private final List<Peer> peers = new ArrayList<>();
  private long now = Scene.START;

  MeshTest() {
    for (int i = 0; i < CONNECTED; i++) {
      peers.add(scene.neighbour());
    }
    // The shuffle that is due now and then anyway.
    mesh.tick(now);
    scene.outputs();
  }

  private void die(int count) {
    for (int i = 0; i < count; i++) {
      scene.book.remove(peers.remove(0).id());
      mesh.lost(now);
    }
  }

  /** The shuffles that are sent in this time, while all who are left give signs of life. */
  private List<Message.Shuffle> shuffles(long micros) {
    List<Message.Shuffle> sent = new ArrayList<>();
    for (long until = now + micros; now < until; now += 20_000) {
      peers.forEach(peer -> peer.heard(now));
      mesh.tick(now);
    }
    List<Output> outputs = scene.outputs();
    for (Peer peer : peers) {
      for (Message message : Scene.saidTo(peer.id(), outputs)) {
        if (message instanceof Message.Shuffle shuffle) {
          sent.add(shuffle);
        }
      }
    }
    return sent;
  }

  @Test
  void whoeverLosesMostOfThemAsksEachThatIsLeft() {
    die(15);

    assertThat(shuffles(Scene.SECOND)).hasSize(5);
  }

  @Test
  void itNamesThoseWhoAreAliveAlone() {
    for (int i = 0; i < 40; i++) {
      passive.add(scene.stranger());
    }
    die(15);
    List<PeerRecord> alive = peers.stream().map(Peer::record).toList();

    assertThat(shuffles(Scene.SECOND))
        .allSatisfy(shuffle -> assertThat(alive).containsAll(shuffle.records()))
        .anySatisfy(shuffle -> assertThat(shuffle.records()).isNotEmpty());
  }

  @Test
  void whoIsSilentIsNotAsked() {
    die(15);
    now += Scene.SECOND;
    mesh.tick(now);

    assertThat(scene.outputs())
        .noneSatisfy(
            output ->
                assertThat(output)
                    .isInstanceOfSatisfying(
                        Output.Send.class,
                        send ->
                            assertThat(send.messages())
                                .hasAtLeastOneElementOfType(Message.Shuffle.class)));
  }

  @Test
  void ofOneWhoDiesNowAndThenNothingIsMade() {
    die(1);

    assertThat(shuffles(Scene.SECOND)).isEmpty();
  }

  @Test
  void whoHasJustComeCallsStrangersForHalfOfItsNeighboursOnly() {
    Scene fresh = Scene.of(Role.VIEWER, 8);
    PassiveView known = new PassiveView(fresh.context.config().self(), 64, fresh.context.random());
    Mesh growing =
        new Mesh(
            fresh.context, fresh.book, known, new Dialer(fresh.context, fresh.book), Scene.START);
    for (int i = 0; i < fresh.context.tuning().meshNeighbours() / 2; i++) {
      fresh.neighbour();
    }
    for (int i = 0; i < 20; i++) {
      known.add(fresh.stranger());
    }

    growing.tick(Scene.START + 4 * Scene.SECOND);
    assertThat(fresh.outputs()).doesNotHaveAnyElementsOfTypes(Output.Connect.class);
    growing.tick(Scene.START + 6 * Scene.SECOND);
    assertThat(fresh.outputs()).hasAtLeastOneElementOfType(Output.Connect.class);
  }
}
