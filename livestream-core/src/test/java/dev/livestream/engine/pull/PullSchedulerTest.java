package dev.livestream.engine.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.PushState;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Message;
import dev.livestream.wire.Role;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whom missing chunks are asked of. */
class PullSchedulerTest {
  private static final long EXISTS = Scene.START;
  private static final long SOON = EXISTS + 100_000;
  private static final long LATER = EXISTS + 300_000;
  private static final long MISSING = 5;

  private final Scene scene = Scene.of(Role.VIEWER, 8);
  private final PullScheduler pull = new PullScheduler(scene.context, scene.book, Scene.WINDOW);
  private final OneMissing needs = new OneMissing();

  /** Everything but one chunk is there, and no parent is to bring that. */
  private static final class OneMissing implements PullScheduler.Needs {
    private boolean fedByUs;
    private PushState push = PushState.NONE;
    private @Nullable Peer parent;
    private long patience;
    private long deadline = EXISTS + 10 * Scene.SECOND;

    @Override
    public long from() {
      return 0;
    }

    @Override
    public long nextMissing(long from) {
      return from <= MISSING ? MISSING : Math.max(from, MISSING + 1);
    }

    @Override
    public long patience(long sequence) {
      return patience;
    }

    @Override
    public PushState push(long sequence, long nowMicros) {
      return push;
    }

    @Override
    public @Nullable Peer parent(long sequence) {
      return parent;
    }

    @Override
    public boolean isFedByUs(Peer peer, long sequence) {
      return fedByUs;
    }

    @Override
    public double chunksPerSecond() {
      return 80;
    }

    @Override
    public long deadline(long sequence) {
      return deadline;
    }

    @Override
    public long epoch() {
      return 1;
    }
  }

  private static Message.Have told(long epoch) {
    return new Message.Have(epoch, 0, new byte[0], 0, -1, 0, 0, false);
  }

  /** A neighbour whose last map did not have the chunk. */
  private Peer hasNotAt(long toldAt) {
    Peer peer = scene.neighbour();
    peer.status(told(1), toldAt);
    return peer;
  }

  private List<Long> askedOf(Peer peer, long now) {
    pull.exists(MISSING + 1, EXISTS);
    pull.tick(needs, now);
    return scene.saidTo(peer).stream()
        .filter(Message.Request.class::isInstance)
        .flatMapToLong(message -> Arrays.stream(((Message.Request) message).sequences()))
        .boxed()
        .toList();
  }

  @Test
  void whoSaidThatItHoldsAChunkIsAskedForIt() {
    Peer peer = hasNotAt(EXISTS);
    peer.have().add(MISSING);

    assertThat(askedOf(peer, SOON)).containsExactly(MISSING);
  }

  @Test
  void aChunkThatIsOldEnoughIsPresumedHeldByWhoHasNotToldSince() {
    Peer peer = hasNotAt(EXISTS - 500_000);

    assertThat(askedOf(peer, SOON)).as("it can hardly be everywhere yet").isEmpty();
    assertThat(askedOf(peer, LATER)).containsExactly(MISSING);
  }

  @Test
  void whoHasSaidThatItHoldsAChunkIsPreferredToWhoIsPresumedTo() {
    Peer presumed = hasNotAt(EXISTS - 500_000);
    presumed.measured(50_000, 0);
    Peer holder = hasNotAt(EXISTS - 500_000);
    holder.measured(100_000, 0);
    holder.have().add(MISSING);

    assertThat(askedOf(holder, LATER)).containsExactly(MISSING);
  }

  @Test
  void whoHasSaidSinceThatItDoesNotHoldItIsNotAsked() {
    assertThat(askedOf(hasNotAt(EXISTS + 200_000), LATER)).isEmpty();
  }

  @Test
  void whoGetsItFromHereIsNotPresumedToHoldIt() {
    needs.fedByUs = true;

    assertThat(askedOf(hasNotAt(EXISTS - 500_000), LATER)).isEmpty();
  }

  @Test
  void whoHasToldNothingForLongIsNotPresumedToHoldAnything() {
    assertThat(askedOf(hasNotAt(EXISTS - 5 * Scene.SECOND), LATER)).isEmpty();
  }

  @Test
  void ofALeafOrOfAnotherEpochNothingIsAsked() {
    Peer leaf = scene.peer(Role.VIEWER, true, Scene.START);
    leaf.status(told(1), EXISTS);
    leaf.have().add(MISSING);
    Peer behind = scene.neighbour();
    behind.status(told(7), EXISTS);
    behind.have().add(MISSING);

    assertThat(askedOf(leaf, LATER)).isEmpty();
    assertThat(askedOf(behind, LATER)).isEmpty();
  }

  @Test
  void whoHasRefusedIsLeftAloneAndAnotherIsAsked() {
    Peer near = hasNotAt(EXISTS - 500_000);
    near.measured(1_000, 0);
    Peer far = hasNotAt(EXISTS - 500_000);
    far.measured(200_000, 0);
    assertThat(askedOf(near, LATER)).containsExactly(MISSING);

    pull.refused(near, new long[] {MISSING}, LATER + 1_000);

    assertThat(askedOf(far, LATER + 2_000)).containsExactly(MISSING);
  }

  @Test
  void nobodyIsAskedTwiceBeforeTheAnswerIsOverdue() {
    Peer peer = hasNotAt(EXISTS - 500_000);
    assertThat(askedOf(peer, LATER)).hasSize(1);
    assertThat(askedOf(peer, LATER + 50_000)).isEmpty();
  }

  @Test
  void theParentThatIsAboutToPushAChunkIsNotAskedForIt() {
    Peer parent = hasNotAt(EXISTS - 500_000);
    needs.push = PushState.COMING;
    needs.parent = parent;
    assertThat(askedOf(parent, LATER)).isEmpty();

    assertThat(askedOf(hasNotAt(EXISTS - 500_000), LATER)).containsExactly(MISSING);
  }

  @Test
  void whatMostlyComesByItselfIsAskedForLaterThanWhatDoesNot() {
    needs.patience = 10 * Scene.SECOND;
    needs.deadline = LATER + 550_000;
    Peer peer = hasNotAt(EXISTS - 500_000);

    needs.push = PushState.PASSED_OVER;
    assertThat(askedOf(peer, LATER)).isEmpty();
    needs.push = PushState.COMING;
    assertThat(askedOf(peer, LATER)).as("answers can be slower than usual").isEmpty();
    needs.push = PushState.NONE;
    assertThat(askedOf(peer, LATER)).as("it may take two").containsExactly(MISSING);
  }
}
