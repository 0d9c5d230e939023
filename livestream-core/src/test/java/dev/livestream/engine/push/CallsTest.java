package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where places are short for good, looking for one must not make them shorter. */
class CallsTest {
  private static final long STEP = Scene.SECOND / 5;

  private final Grove grove = Grove.of(Role.VIEWER, 8);

  @Test
  void whoeverLacksOneParentCallsFewStrangers() {
    for (int substream = 1; substream < Scene.SUBSTREAMS; substream++) {
      grove.parent(substream, 2);
    }
    loseAParentThatNamed(24);

    assertThat(callsWithin(3 * Scene.SECOND)).isEqualTo(8);
    assertThat(callsWithin(10 * Scene.SECOND)).isLessThanOrEqualTo(1);
  }

  @Test
  void aNewcomerThatLosesManySpreadsItsCallsOverItsFirstSeconds() {
    lose(parentsThatName(24));

    assertThat(callsWithin(STEP)).isEqualTo(8);
    assertThat(callsWithin(4 * STEP)).isBetween(1, 5);
    assertThat(callsWithin(5 * Scene.SECOND)).isGreaterThan(8);
  }

  @Test
  void whoeverHasBeenThereForAWhileHasSavedUpCallsForADisaster() {
    List<Peer> parents = parentsThatName(3);
    callsWithin(30 * Scene.SECOND);
    lose(parents);

    assertThat(callsWithin(3 * STEP)).isEqualTo(24);
  }

  @Test
  void forASlowStreamThereAreFewerCalls() {
    grove.scene.context.tempo().bytes(62_500);
    loseAParentThatNamed(24);
    callsWithin(3 * Scene.SECOND);

    assertThat(callsWithin(8 * Scene.SECOND)).as("one in four seconds").isBetween(1, 3);
  }

  @Test
  void aParentThatSendsItsChildToOneStrangerAfterAnotherDoesNotMakeItCallThemAll() {
    for (int substream = 0; substream < Scene.SUBSTREAMS; substream++) {
      if (substream != grove.home()) {
        grove.parent(substream, 2);
      }
    }
    int home = grove.home();
    Peer parent = grove.parent(home, 2);
    grove.children(home, 1);
    int calls = 0;
    for (int i = 0; i < 100; i++) {
      List<PeerRecord> stranger = List.of(grove.scene.stranger());
      grove.trees.said(
          parent, new Message.Redirect(home, RedirectReason.DISPLACED, stranger), grove.now);
      calls += callsWithin(STEP / 2);
    }

    assertThat(calls).as("within twenty seconds").isBetween(5, 60);
  }

  private void loseAParentThatNamed(int strangers) {
    lose(List.of(parentThatNames(0, strangers)));
  }

  private List<Peer> parentsThatName(int strangers) {
    return IntStream.range(0, Scene.SUBSTREAMS)
        .mapToObj(substream -> parentThatNames(substream, strangers))
        .toList();
  }

  private Peer parentThatNames(int substream, int strangers) {
    Peer parent = grove.parent(substream, 2);
    List<PeerRecord> named = Stream.generate(grove.scene::stranger).limit(strangers).toList();
    grove.substream(substream).alternatives(named);
    return parent;
  }

  private void lose(List<Peer> parents) {
    parents.forEach(grove.trees::disconnected);
  }

  private int callsWithin(long micros) {
    int calls = 0;
    for (long until = grove.now + micros; grove.now < until; grove.now += STEP) {
      grove.trees.tick(new Grove.Quiet(), grove.now);
      for (Output output : grove.scene.outputs()) {
        if (output instanceof Output.Connect call && call.expected() != null) {
          calls++;
          grove.dialer.failed(call.expected(), grove.now);
          grove.trees.unreachable(call.expected());
        }
      }
    }
    return calls;
  }
}
