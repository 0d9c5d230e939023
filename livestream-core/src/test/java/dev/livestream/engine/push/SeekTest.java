package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import org.junit.jupiter.api.Test;

/** Whom a search asks next. */
class SeekTest {
  private final Grove grove = Grove.of(Role.VIEWER, 4);
  private final Seek seek = new Seek();
  private final PeerRecord adopter = grove.scene.stranger();

  @Test
  void whoKeepsAPlaceIsAskedOnce() {
    seek.adopter(adopter);

    assertThat(seek.takeAdopter()).isEqualTo(adopter);
    assertThat(seek.takeAdopter()).isNull();
  }

  @Test
  void ifItHasNoWayToTheSourceYetItIsAskedAgainInAMoment() {
    seek.adopter(adopter);
    seek.takeAdopter();

    assertThat(seek.returnTo(adopter, grove.now)).isTrue();
    assertThat(seek.notBefore()).isBetween(grove.now + 1, grove.now + Scene.SECOND / 2);
    assertThat(seek.takeAdopter()).isEqualTo(adopter);
  }

  @Test
  void itIsNotWaitedForForEver() {
    seek.adopter(adopter);
    int returns = 0;
    while (seek.takeAdopter() != null && seek.returnTo(adopter, grove.now)) {
      returns++;
    }

    assertThat(returns).isEqualTo(3);
  }

  @Test
  void nobodyElseIsWaitedFor() {
    seek.adopter(adopter);
    seek.takeAdopter();

    assertThat(seek.returnTo(grove.scene.stranger(), grove.now)).isFalse();
  }
}
