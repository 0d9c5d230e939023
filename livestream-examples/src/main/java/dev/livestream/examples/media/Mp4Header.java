package dev.livestream.examples.media;

import dev.livestream.examples.media.Mp4Boxes.Box;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the header of a fragmented MP4 (its {@code moov} box) says that its fragments do not repeat.
 *
 * @param fragmented whether fragments follow; an ordinary file has none
 * @param videoTracks the tracks with pictures
 * @param sampleFlags by track, the flags of a sample that says nothing itself
 * @param codecs the codecs as browsers want them named, such as {@code avc1.42C01E}; empty if one
 *     of them is not known here
 */
record Mp4Header(
    boolean fragmented,
    Set<Integer> videoTracks,
    Map<Integer, Integer> sampleFlags,
    String codecs) {
  private static final int NOT_SYNC = 0x10000;
  private static final int SAMPLE_ENTRY_BYTES = 8;
  private static final int VISUAL_ENTRY_BYTES = 78;

  static Mp4Header parse(ByteBuffer moov) throws MediaFormatException {
    try {
      List<Box> boxes = Mp4Boxes.list(moov);
      Set<Integer> video = new HashSet<>();
      List<String> codecs = new ArrayList<>();
      for (Box track : Mp4Boxes.find(boxes, "moov", "trak")) {
        if (readTrack(track, codecs)) {
          video.add(trackId(track));
        }
      }
      Map<Integer, Integer> flags = new HashMap<>();
      for (Box trex : Mp4Boxes.find(boxes, "moov", "mvex", "trex")) {
        flags.put(trex.body().getInt(4), trex.body().getInt(20));
      }
      boolean fragmented = !Mp4Boxes.find(boxes, "moov", "mvex").isEmpty();
      String names = codecs.contains("") ? "" : String.join(", ", codecs);
      return new Mp4Header(fragmented, video, flags, names);
    } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
      throw new MediaFormatException("the MP4 header is damaged");
    }
  }

  private static boolean readTrack(Box track, List<String> codecs) throws MediaFormatException {
    List<Box> media = Mp4Boxes.find(track.children(), "mdia");
    for (Box box : media) {
      for (Box description : Mp4Boxes.find(box.children(), "minf", "stbl", "stsd")) {
        for (Box entry : description.children(SAMPLE_ENTRY_BYTES)) {
          codecs.add(codec(entry));
        }
      }
      for (Box handler : Mp4Boxes.find(box.children(), "hdlr")) {
        return Mp4Boxes.type(handler.body().getInt(8)).equals("vide");
      }
    }
    return false;
  }

  private static int trackId(Box track) throws MediaFormatException {
    for (Box header : Mp4Boxes.find(track.children(), "tkhd")) {
      boolean longTimes = header.body().get(0) == 1;
      return header.body().getInt(longTimes ? 20 : 12);
    }
    throw new MediaFormatException("an MP4 track has no header");
  }

  private static String codec(Box entry) throws MediaFormatException {
    if (entry.type().equals("avc1")) {
      for (Box box : entry.children(VISUAL_ENTRY_BYTES)) {
        if (box.type().equals("avcC")) {
          int profile = box.body().getInt(0) & 0xffffff;
          return String.format(Locale.ROOT, "avc1.%06X", profile);
        }
      }
    }
    // AAC, low complexity: the one kind of MPEG-4 audio that browsers play everywhere.
    return entry.type().equals("mp4a") ? "mp4a.40.2" : "";
  }

  String contentType() {
    return codecs.isEmpty() ? "video/mp4" : "video/mp4; codecs=\"" + codecs + "\"";
  }

  /**
   * What a fragment holds.
   *
   * @param video whether it has pictures (or whatever the stream has, where there are none)
   * @param key whether a decoder can start at it
   */
  record Fragment(boolean video, boolean key) {}

  Fragment read(ByteBuffer moof) throws MediaFormatException {
    try {
      boolean video = false;
      boolean key = false;
      for (Box traf : Mp4Boxes.find(Mp4Boxes.list(moof), "moof", "traf")) {
        for (Box header : Mp4Boxes.find(traf.children(), "tfhd")) {
          if (videoTracks.isEmpty() || videoTracks.contains(header.body().getInt(4))) {
            video = true;
            key |= (firstSampleFlags(header.body(), traf) & NOT_SYNC) == 0;
          }
        }
      }
      return new Fragment(video, key);
    } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
      throw new MediaFormatException("an MP4 fragment is damaged");
    }
  }

  /** The flags of a track's first sample: its own, or the run's, the fragment's, the track's. */
  private int firstSampleFlags(ByteBuffer header, Box traf) throws MediaFormatException {
    int fragmentFlags = header.getInt(0);
    int flags = sampleFlags.getOrDefault(header.getInt(4), 0);
    if ((fragmentFlags & 0x20) != 0) {
      int offset = 8;
      offset += (fragmentFlags & 0x1) != 0 ? 8 : 0;
      offset += 4 * Integer.bitCount(fragmentFlags & 0x1a);
      flags = header.getInt(offset);
    }
    for (Box run : Mp4Boxes.find(traf.children(), "trun")) {
      int runFlags = run.body().getInt(0);
      int offset = 8 + ((runFlags & 0x1) != 0 ? 4 : 0);
      if ((runFlags & 0x4) != 0) {
        return run.body().getInt(offset);
      }
      if ((runFlags & 0x400) != 0) {
        return run.body().getInt(offset + 4 * Integer.bitCount(runFlags & 0x300));
      }
      return flags;
    }
    return NOT_SYNC;
  }
}
