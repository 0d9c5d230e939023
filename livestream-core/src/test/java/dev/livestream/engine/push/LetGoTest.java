package dev.livestream.engine.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.RedirectReason;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whose parent takes the place back believes in it as long as it is served, and no longer: a tree
 * that lost its root would else go on believing in itself.
 */
class LetGoTest {
  private static final int SUBSTREAM = 3;

  private final Grove grove = Grove.of(Role.VIEWER, 8);
  private final Substream substream = grove.substream(SUBSTREAM);
  private final Peer parent = grove.parent(SUBSTREAM, 2);

  private void sentAway(RedirectReason reason) {
    Message redirect = new Message.Redirect(SUBSTREAM, reason, List.of());
    grove.trees.said(parent, redirect, grove.now);
  }

  private void pass(long micros) {
    grove.now += micros;
    grove.trees.tick(new Grove.Quiet(), grove.now);
  }

  @Test
  void whoIsSentAwayIsServedForAWhile() {
    sentAway(RedirectReason.DISPLACED);
    pass(Scene.SECOND);

    assertThat(substream.isFed()).isTrue();
  }

  @Test
  void afterThatItHasNoParentAndSaysSoToItsChildren() {
    Peer child = grove.children(SUBSTREAM, 2).get(0);
    sentAway(RedirectReason.OVERLOADED);
    pass(Scene.SECOND);

    assertThat(substream.parent()).isNull();
    assertThat(grove.scene.saidTo(child))
        .anySatisfy(
            message ->
                assertThat(message)
                    .isInstanceOfSatisfying(
                        Message.PathUpdate.class, told -> assertThat(told.path()).isEmpty()));
  }

  @Test
  void whoIsPromotedKeepsItsParent() {
    sentAway(RedirectReason.PROMOTED);
    pass(10 * Scene.SECOND);

    assertThat(substream.parent()).isEqualTo(parent);
  }
}
