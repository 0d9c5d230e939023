package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where places are short for good, looking for one must not make them shorter. */
class LongSearchTest {
  private static final long STEP = Scene.SECOND / 5;

  private final Grove grove = Grove.of(Role.VIEWER, 8);

  @Test
  void whoeverHasLookedInVainForLongCallsStrangersRarely() {
    grove.parent(1, 2);
    loseAParentThatNamed(24);

    assertThat(callsWithin(2 * Scene.SECOND)).isGreaterThanOrEqualTo(9);
    callsWithin(Scene.SECOND + STEP);
    assertThat(callsWithin(Scene.SECOND)).isLessThanOrEqualTo(1);
  }

  @Test
  void whoeverHasNoWayToTheSourceGoesOnCalling() {
    loseAParentThatNamed(24);
    callsWithin(3 * Scene.SECOND + STEP);

    assertThat(callsWithin(Scene.SECOND)).isGreaterThan(1);
  }

  @Test
  void aSearchThatSucceedsIsForgotten() {
    Seek seek = new Seek();
    seek.begin(grove.now);
    seek.begin(grove.now + 2 * Scene.SECOND);
    assertThat(seek.isLong(grove.now + 3 * Scene.SECOND)).isFalse();
    assertThat(seek.isLong(grove.now + 3 * Scene.SECOND + 1)).isTrue();

    seek.succeeded();

    assertThat(seek.isLong(grove.now + 4 * Scene.SECOND)).isFalse();
  }

  private void loseAParentThatNamed(int strangers) {
    Peer parent = grove.parent(0, 2);
    List<PeerRecord> named = Stream.generate(grove.scene::stranger).limit(strangers).toList();
    grove.substream(0).alternatives(named);
    grove.trees.disconnected(parent);
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
