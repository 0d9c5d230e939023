package dev.livestream.engine.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Scene;
import dev.livestream.wire.PeerRecord;
import dev.livestream.wire.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom a peer remembers, and in which order it turns to them. */
class PassiveViewTest {
  private static final int CAPACITY = 64;

  private final Scene scene = Scene.of(Role.VIEWER, 8);
  private final PassiveView view =
      new PassiveView(scene.context.config().self(), CAPACITY, scene.context.random());

  private List<PeerRecord> add(int count) {
    List<PeerRecord> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PeerRecord record = scene.stranger();
      view.add(record);
      added.add(record);
    }
    return added;
  }

  /** Everybody who is picked now and then. */
  private Set<PeerId> picked() {
    Set<PeerId> ids = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      ids.add(Objects.requireNonNull(view.pick()).id());
    }
    return ids;
  }

  @Test
  void nobodyIsPickedOfNone() {
    assertThat(view.pick()).isNull();
    view.preferLatest(true);
    assertThat(view.pick()).isNull();
  }

  @Test
  void neverAreThereMoreThanFit() {
    add(3 * CAPACITY);

    assertThat(view.size()).isEqualTo(CAPACITY);
  }

  @Test
  void usuallyAnybodyIsPicked() {
    add(CAPACITY);

    assertThat(picked()).hasSize(CAPACITY);
  }

  @Test
  void inADisasterThoseNamedLastArePicked() {
    List<PeerRecord> before = add(CAPACITY - 8);
    List<PeerRecord> since = add(8);
    // Named again: somebody knows that it is alive.
    view.add(before.get(0));
    view.preferLatest(true);

    assertThat(picked())
        .hasSizeLessThan(CAPACITY / 2)
        .contains(before.get(0).id())
        .containsAll(since.stream().map(PeerRecord::id).toList());
  }

  @Test
  void whoIsFoundDeadIsForgotten() {
    List<PeerRecord> added = add(3);
    view.add(added.get(0));
    view.remove(added.get(0).id());

    assertThat(view.size()).isEqualTo(2);
    assertThat(picked()).doesNotContain(added.get(0).id());
  }
}
