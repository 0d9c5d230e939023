package dev.livestream.engine.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves first. */
class UploaderTest {
  private static final long EXPIRES = Scene.START + 10 * Scene.SECOND;

  private final Scene scene = Scene.of(Role.VIEWER, 8);
  private final Peer leaf = scene.viewer();
  private final Peer interior = scene.viewer();

  /** Who is sent to, in order, when everything that waits goes. */
  private static List<Peer> served(Scene scene, long now) {
    return scene.sendAll(now).stream().map(send -> scene.book.greeted(send.peer())).toList();
  }

  @Test
  void whoHasChildrenGetsANewerChunkBeforeALeafGetsAnOlderOne() {
    scene.uploader.pushToLeaf(leaf, scene.chunk(0), EXPIRES, Scene.START);
    scene.uploader.push(interior, scene.chunk(8), EXPIRES, Scene.START + 50_000);

    assertThat(served(scene, Scene.START + 50_000)).containsExactly(interior, leaf);
  }

  @Test
  void aLeafIsNotPutOffForLong() {
    scene.uploader.pushToLeaf(leaf, scene.chunk(0), EXPIRES, Scene.START);
    scene.uploader.push(interior, scene.chunk(8), EXPIRES, Scene.START + 150_000);

    assertThat(served(scene, Scene.START + 150_000)).containsExactly(leaf, interior);
  }

  @Test
  void thoseWhoPassOnAreServedInTheOrderInWhichChunksCame() {
    Peer other = scene.viewer();
    scene.uploader.push(interior, scene.chunk(8), EXPIRES, Scene.START);
    scene.uploader.push(other, scene.chunk(0), EXPIRES, Scene.START);

    assertThat(served(scene, Scene.START)).containsExactly(interior, other);
  }

  @Test
  void anIdleUplinkServesALeafAtOnce() {
    scene.uploader.pushToLeaf(leaf, scene.chunk(0), EXPIRES, Scene.START);
    scene.uploader.pump(Scene.START + 50_000);

    assertThat(scene.outputs()).singleElement().isInstanceOf(Output.SendChunk.class);
  }

  @Test
  void whatWasAskedForComesAfterAllPushes() {
    Peer asker = scene.viewer();
    scene.uploader.serve(asker, scene.chunk(0), EXPIRES, Scene.START);
    scene.uploader.pushToLeaf(leaf, scene.chunk(8), EXPIRES, Scene.START + 500_000);

    assertThat(served(scene, Scene.START + 500_000)).containsExactly(leaf, asker);
  }

  @Test
  void aSourceServesWhatItIsAskedForAfterFurtherCopies() {
    Scene source = Scene.of(Role.SOURCE, 8);
    Peer asker = source.viewer();
    Peer child = source.viewer();
    source.uploader.serve(asker, source.chunk(0), EXPIRES, Scene.START);
    source.uploader.pushBehind(3, child, source.chunk(8), EXPIRES, Scene.START + 500_000);

    assertThat(served(source, Scene.START + 500_000)).containsExactly(child, asker);
  }

  @Test
  void whatGoesAheadOvertakesWhatCameBefore() {
    scene.uploader.push(interior, scene.chunk(0), EXPIRES, Scene.START);
    scene.uploader.pushAhead(leaf, scene.chunk(8), EXPIRES, Scene.START + 100_000);

    assertThat(served(scene, Scene.START + 100_000)).containsExactly(leaf, interior);
  }
}
