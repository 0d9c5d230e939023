package dev.livestream.examples.web;

import dev.livestream.Media;
import dev.livestream.examples.media.MediaUnit;
import java.nio.ByteBuffer;

/** Hands what a viewer reads to {@link LiveMedia}, chunk by chunk. */
public final class ViewerOutput {
  private final LiveMedia live;
  private boolean first = true;
  private boolean hasKeyFrames = true;

  /**
   * An output.
   *
   * @param live where the media goes
   */
  public ViewerOutput(LiveMedia live) {
    this.live = live;
  }

  /** Takes the next piece. */
  public void accept(Media media) {
    if (media instanceof Media.Header header) {
      live.begin(header.info().contentType(), header.info().header());
      first = true;
    } else if (media instanceof Media.Data data) {
      accept(data);
    } else if (media instanceof Media.Gap) {
      live.gap();
    } else {
      live.end();
    }
  }

  private void accept(Media.Data data) {
    if (first) {
      // A viewer starts at a key frame, unless the stream marks none: then any place is good.
      hasKeyFrames = data.keyFrame();
      first = false;
    }
    ByteBuffer bytes = data.bytes();
    boolean start = data.keyFrame() || !hasKeyFrames;
    live.accept(new MediaUnit(bytes, start, MediaUnit.UNTIMED, false));
  }
}
