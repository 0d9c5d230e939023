package dev.livestream.examples.media;

import dev.livestream.examples.media.Mp4Header.Fragment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a live fragmented MP4 into its header (everything to the end of {@code moov}) and fragments
 * ({@code moof} with its {@code mdat}, and whatever small boxes stand in front of them). Sizes are
 * bounded before anything is kept.
 */
public final class Mp4Segmenter implements MediaSplitter {
  private static final int MOOV = 0x6d6f6f76;
  private static final int MOOF = 0x6d6f6f66;
  private static final int MDAT = 0x6d646174;
  private static final int MAX_MDAT_BYTES = 16 << 20;
  private static final int MAX_BOX_BYTES = 1 << 20;

  private final ByteQueue input = new ByteQueue();
  private @Nullable Mp4Header header;
  private byte @Nullable [] headerBytes;

  /** The whole boxes at the front of the input. */
  private int complete;

  /** The very beginning is a place to start, whatever it holds. */
  private boolean beginning = true;

  private Fragment fragment = new Fragment(false, false);

  @Override
  public String contentType() {
    Mp4Header known = header;
    return known == null ? "video/mp4" : known.contentType();
  }

  @Override
  public Optional<byte[]> header() {
    return Optional.ofNullable(headerBytes).map(byte[]::clone);
  }

  @Override
  public void push(byte[] bytes, int offset, int length, MediaSink sink)
      throws IOException, InterruptedException {
    input.add(bytes, offset, length);
    while (input.size() - complete >= Mp4Boxes.HEADER_BYTES) {
      int type = input.int32(complete + Integer.BYTES);
      int size = boxSize(type);
      if (size < 0 || input.size() - complete < size) {
        return;
      }
      int start = complete;
      complete += size;
      box(type, start, size, sink);
    }
  }

  /** The size of the next box; -1 if more bytes are needed to tell. */
  private int boxSize(int type) throws MediaFormatException {
    long size = input.int32(complete) & 0xffff_ffffL;
    if (size == 1) {
      if (input.size() - complete < 2 * Mp4Boxes.HEADER_BYTES) {
        return -1;
      }
      size = input.int64(complete + Mp4Boxes.HEADER_BYTES);
    }
    int limit = type == MDAT ? MAX_MDAT_BYTES : MAX_BOX_BYTES;
    if (size < Mp4Boxes.HEADER_BYTES || size > limit || complete > 2 * MAX_BOX_BYTES) {
      throw new MediaFormatException(
          "not a fragmented MP4 for live use: box '"
              + Mp4Boxes.type(type)
              + "' of "
              + size
              + " bytes");
    }
    return (int) size;
  }

  private void box(int type, int start, int size, MediaSink sink)
      throws IOException, InterruptedException {
    Mp4Header known = header;
    if (known == null) {
      if (type == MOOV) {
        readHeader(start, size);
      } else if (type == MDAT || type == MOOF) {
        throw new MediaFormatException("not a fragmented MP4: its media comes before its header");
      }
    } else if (type == MOOF) {
      fragment = known.read(view(start, size));
    } else if (type == MDAT) {
      emit(sink);
    }
  }

  private void readHeader(int start, int size) throws MediaFormatException {
    Mp4Header parsed = Mp4Header.parse(view(start, size));
    if (!parsed.fragmented()) {
      throw new MediaFormatException(
          "not a fragmented MP4: make it with ffmpeg -movflags frag_keyframe+empty_moov");
    }
    headerBytes = input.take(complete);
    complete = 0;
    header = parsed;
  }

  private ByteBuffer view(int start, int size) {
    return ByteBuffer.wrap(input.array(), input.position() + start, size).slice();
  }

  private void emit(MediaSink sink) throws IOException, InterruptedException {
    ByteBuffer data = ByteBuffer.wrap(input.take(complete));
    complete = 0;
    Fragment what = fragment;
    fragment = new Fragment(false, false);
    boolean key = what.key() || beginning;
    beginning = false;
    sink.accept(new MediaUnit(data, key, MediaUnit.UNTIMED, what.video()));
  }

  /** Nothing to do: a fragment is complete with its last byte. */
  @Override
  public void drain(MediaSink sink) {}

  @Override
  public void finish(MediaSink sink) throws IOException, InterruptedException {
    complete = input.size();
    if (complete > 0 && header != null) {
      emit(sink);
    }
  }
}
