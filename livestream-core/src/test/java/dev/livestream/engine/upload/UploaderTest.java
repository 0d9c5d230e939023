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
    scene.uploader.pushToLeaf(leaf, scene.chunk(0), 0, EXPIRES, Scene.START);
    scene.uploader.push(interior, scene.chunk(8), 0, EXPIRES, Scene.START + 100_000);

    assertThat(served(scene, Scene.START + 100_000)).containsExactly(interior, leaf);
  }

  @Test
  void aLeafIsNotPutOffForEver() {
    scene.uploader.pushToLeaf(leaf, scene.chunk(0), 0, EXPIRES, Scene.START);
    scene.uploader.push(interior, scene.chunk(8), 0, EXPIRES, Scene.START + 600_000);

    assertThat(served(scene, Scene.START + 600_000)).containsExactly(leaf, interior);
  }

  @Test
  void anIdleUplinkServesALeafAtOnce() {
    scene.uploader.pushToLeaf(leaf, scene.chunk(0), 0, EXPIRES, Scene.START);
    scene.uploader.pump(Scene.START + 50_000);

    assertThat(scene.outputs()).singleElement().isInstanceOf(Output.SendChunk.class);
  }

  @Test
  void whoAskedComesAfterWhoeverHasChildrenAndAmongLeavesByTheChunksAge() {
    long now = Scene.START + 400_000;
    Peer asker = scene.viewer();
    scene.uploader.pushToLeaf(leaf, scene.chunk(8, now), 0, EXPIRES, now);
    scene.uploader.serve(asker, scene.chunk(0, Scene.START), EXPIRES, now);
    scene.uploader.push(interior, scene.chunk(16, now), 0, EXPIRES, now);

    assertThat(served(scene, now)).containsExactly(interior, asker, leaf);
  }

  @Test
  void whatNobodyElseCanPlayInTimeAnyMoreGoesLast() {
    long now = Scene.START + 3 * Scene.SECOND;
    Peer newcomer = scene.viewer();
    scene.uploader.serve(newcomer, scene.chunk(0, Scene.START), EXPIRES, now);
    scene.uploader.pushToLeaf(leaf, scene.chunk(8, now - 300_000), 0, EXPIRES, now);

    assertThat(served(scene, now)).containsExactly(leaf, newcomer);
  }

  @Test
  void aBroadcastersClockThatIsAheadPutsNobodyOff() {
    long ahead = Scene.START + 100 * Scene.SECOND;
    scene.uploader.pushToLeaf(leaf, scene.chunk(0, ahead), 0, EXPIRES, Scene.START);
    scene.uploader.push(interior, scene.chunk(8, ahead), 0, EXPIRES, Scene.START + 600_000);

    assertThat(served(scene, Scene.START + 600_000)).containsExactly(leaf, interior);
  }

  @Test
  void aSourceServesWhatItIsAskedForAfterAllPushes() {
    Scene source = Scene.of(Role.SOURCE, 8);
    Peer asker = source.viewer();
    Peer child = source.viewer();
    source.uploader.serve(asker, source.chunk(0), EXPIRES, Scene.START);
    source.uploader.push(child, source.chunk(8), 3, EXPIRES, Scene.START + 500_000);

    assertThat(served(source, Scene.START + 500_000)).containsExactly(child, asker);
  }
}
