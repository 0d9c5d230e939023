package dev.livestream;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the broadcaster says of its stream, signed. Immutable.
 *
 * @param epoch the run of the broadcaster: its start in milliseconds since 1970
 * @param title what it calls the stream; any text, never to be trusted as markup
 * @param contentType the media's MIME type, such as {@code video/mp2t}; may be empty
 * @param header what a player needs before the first media byte; may be empty
 * @param bitrate what the broadcaster expects to send; {@link BitRate#ZERO} if it does not know
 */
// The array is copied on the way in and out, and compared by content.
@SuppressWarnings("ArrayRecordComponent")
public record StreamInfo(
    long epoch, String title, String contentType, byte[] header, BitRate bitrate) {

  /** Takes a copy of the header. */
  public StreamInfo {
    header = header.clone();
  }

  /** A copy of the header. */
  @Override
  public byte[] header() {
    return header.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StreamInfo that
        && epoch == that.epoch
        && title.equals(that.title)
        && contentType.equals(that.contentType)
        && Arrays.equals(header, that.header)
        && bitrate.equals(that.bitrate);
  }

  @Override
  public int hashCode() {
    return Objects.hash(epoch, title, contentType, Arrays.hashCode(header), bitrate);
  }

  @Override
  public String toString() {
    return "StreamInfo[epoch="
        + epoch
        + ", title="
        + title
        + ", contentType="
        + contentType
        + ", header="
        + header.length
        + " bytes, bitrate="
        + bitrate
        + "]";
  }
}
