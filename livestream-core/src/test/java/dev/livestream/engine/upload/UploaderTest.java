package dev.livestream.engine.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.engine.Output;
import dev.livestream.engine.Scene;
import dev.livestream.engine.membership.Peer;
import dev.livestream.wire.Role;
import org.junit.jupiter.api.Test;

/** What leaves first. */
class UploaderTest {
  private static final long EXPIRES = Scene.START + 10 * Scene.SECOND;

  private final Scene scene = Scene.of(Role.VIEWER, 8);
  private final Peer leaf = scene.viewer();
  private final Peer interior = scene.viewer();

  @Test
  void whoHasChildrenGetsANewerChunkBeforeALeafGetsAnOlderOne() {
    scene.uploader.pushToLeaf(leaf, scene.chunk(0), 0, EXPIRES, Scene.START);
    scene.uploader.push(interior, scene.chunk(8), 0, EXPIRES, Scene.START + 100_000);

    assertThat(scene.sendAll(Scene.START + 100_000))
        .extracting(Output.SendChunk::peer)
        .containsExactly(interior.id(), leaf.id());
  }

  @Test
  void aLeafIsNotPutOffForEver() {
    scene.uploader.pushToLeaf(leaf, scene.chunk(0), 0, EXPIRES, Scene.START);
    scene.uploader.push(interior, scene.chunk(8), 0, EXPIRES, Scene.START + 200_000);

    assertThat(scene.sendAll(Scene.START + 200_000))
        .extracting(Output.SendChunk::peer)
        .containsExactly(leaf.id(), interior.id());
  }

  @Test
  void anIdleUplinkServesALeafAtOnce() {
    scene.uploader.pushToLeaf(leaf, scene.chunk(0), 0, EXPIRES, Scene.START);
    scene.uploader.pump(Scene.START + 50_000);

    assertThat(scene.outputs()).singleElement().isInstanceOf(Output.SendChunk.class);
  }

  @Test
  void whatWasAskedForComesAfterWhatIsPushed() {
    scene.uploader.serve(leaf, scene.chunk(0), EXPIRES, Scene.START);
    scene.uploader.pushToLeaf(interior, scene.chunk(8), 3, EXPIRES, Scene.START);

    assertThat(scene.sendAll(Scene.START))
        .extracting(Output.SendChunk::peer)
        .containsExactly(interior.id(), leaf.id());
  }
}
