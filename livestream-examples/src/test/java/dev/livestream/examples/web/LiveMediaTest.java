package dev.livestream.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.examples.media.MediaUnit;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveMediaTest {
  private final LiveMedia media = new LiveMedia();

  @BeforeEach
  void begin() {
    media.begin("video/test", new byte[] {9});
  }

  private static MediaUnit unit(boolean key, int size, int name) {
    ByteBuffer data = ByteBuffer.allocate(size).put(0, (byte) name);
    return new MediaUnit(data, key, MediaUnit.UNTIMED, true);
  }

  private static List<Integer> take(LiveMedia.Listener listener) throws InterruptedException {
    return listener.take().stream().map(unit -> (int) unit.data().get(0)).toList();
  }

  @Test
  void aListenerStartsAtTheLatestKeyFrame() throws Exception {
    media.accept(unit(true, 10, 1));
    media.accept(unit(false, 10, 2));
    media.accept(unit(true, 10, 3));
    media.accept(unit(false, 10, 4));
    try (LiveMedia.Listener listener = media.listen()) {
      assertThat(listener.contentType()).isEqualTo("video/test");
      assertThat(listener.header()).isEqualTo(ByteBuffer.wrap(new byte[] {9}));
      assertThat(take(listener)).containsExactly(3, 4);
      media.accept(unit(false, 10, 5));
      assertThat(take(listener)).containsExactly(5);
    }
  }

  @Test
  void beforeAKeyFrameThereIsNothingToHear() throws Exception {
    media.accept(unit(false, 10, 1));
    try (LiveMedia.Listener listener = media.listen()) {
      media.accept(unit(false, 10, 2));
      media.accept(unit(true, 10, 3));
      assertThat(take(listener)).containsExactly(3);
    }
  }

  @Test
  void aSlowListenerLosesAndGoesOnAtTheNextKeyFrame() throws Exception {
    try (LiveMedia.Listener slow = media.listen()) {
      media.accept(unit(true, 1 << 20, 1));
      for (int i = 0; i < 20; i++) {
        media.accept(unit(false, 1 << 20, 2));
      }
      media.accept(unit(true, 10, 3));
      media.accept(unit(false, 10, 4));
      assertThat(take(slow)).containsExactly(3, 4);
    }
  }

  @Test
  void afterAGapEverybodyGoesOnAtTheNextKeyFrame() throws Exception {
    try (LiveMedia.Listener listener = media.listen()) {
      media.accept(unit(true, 10, 1));
      media.gap();
      media.accept(unit(false, 10, 2));
      media.accept(unit(true, 10, 3));
      assertThat(take(listener)).containsExactly(3);
    }
  }

  @Test
  void aStreamWithoutRoomForItsPicturesStartsAtTheNextKeyFrame() throws Exception {
    media.accept(unit(true, 5 << 20, 1));
    media.accept(unit(false, 5 << 20, 2));
    media.accept(unit(false, 10, 3));
    try (LiveMedia.Listener listener = media.listen()) {
      media.accept(unit(true, 10, 4));
      assertThat(take(listener)).containsExactly(4);
    }
  }

  @Test
  void theEndComesAfterWhatIsLeft() throws Exception {
    try (LiveMedia.Listener listener = media.listen()) {
      media.accept(unit(true, 10, 1));
      media.end();
      assertThat(take(listener)).containsExactly(1);
      assertThat(take(listener)).isEmpty();
    }
    try (LiveMedia.Listener late = media.listen()) {
      assertThat(take(late)).isEmpty();
    }
  }

  @Test
  void aNewRunSendsListenersOfTheOldOneAway() throws Exception {
    try (LiveMedia.Listener old = media.listen()) {
      media.begin("video/other", new byte[0]);
      media.accept(unit(true, 10, 1));
      assertThat(take(old)).isEmpty();
    }
  }
}
