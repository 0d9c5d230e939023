package dev.livestream.examples.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a small fragmented MP4: track 1 has pictures, track 2 sound. */
final class Mp4Writer {
  static final int VIDEO = 1;
  static final int AUDIO = 2;
  private static final int NOT_SYNC = 0x10000;

  private Mp4Writer() {}

  static byte[] box(String type, byte[]... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    return ByteBuffer.allocate(8 + body.size())
        .putInt(8 + body.size())
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .put(body.toByteArray())
        .array();
  }

  static byte[] ints(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] header(boolean fragmented) {
    byte[] avcC = box("avcC", new byte[] {1, 0x42, (byte) 0xc0, 0x1e});
    byte[] avc1 = box("avc1", new byte[78], avcC);
    byte[] mp4a = box("mp4a", new byte[28]);
    byte[] extends1 = box("trex", ints(0, VIDEO, 1, 0, 0, NOT_SYNC));
    byte[] extends2 = box("trex", ints(0, AUDIO, 1, 0, 0, 0));
    byte[] tracks = concat(track(VIDEO, "vide", avc1), track(AUDIO, "soun", mp4a));
    byte[] mvex = fragmented ? box("mvex", extends1, extends2) : new byte[0];
    return concat(
        box("ftyp", "isom".getBytes(StandardCharsets.ISO_8859_1)), box("moov", tracks, mvex));
  }

  private static byte[] track(int id, String handler, byte[] entry) {
    byte[] stsd = box("stsd", ints(0, 1), entry);
    byte[] hdlr = box("hdlr", ints(0, 0), handler.getBytes(StandardCharsets.ISO_8859_1));
    byte[] media = box("mdia", hdlr, box("minf", box("stbl", stsd)));
    return box("trak", box("tkhd", ints(0, 0, 0, id)), media);
  }

  /** A fragment of one sample whose key-frame flag stands where a muxer may put it. */
  static byte[] fragment(int track, boolean key, FlagsIn where) {
    int flags = key ? 0 : NOT_SYNC;
    byte[] tfhd =
        where == FlagsIn.FRAGMENT
            ? ints(0x20020, track, flags)
            : where == FlagsIn.FRAGMENT_AFTER_OTHERS
                ? ints(0x20038, track, 1_000, 10, flags)
                : ints(0x20000, track);
    byte[] trun =
        switch (where) {
          case FIRST_SAMPLE -> ints(0x205, 1, 100, flags, 10);
          case EVERY_SAMPLE -> ints(0x701, 1, 100, 1_000, 10, flags);
          default -> ints(0x201, 1, 100, 10);
        };
    byte[] traf = box("traf", box("tfhd", tfhd), box("trun", trun));
    return concat(box("moof", box("mfhd", ints(0, 1)), traf), box("mdat", new byte[10]));
  }

  enum FlagsIn {
    TRACK,
    FRAGMENT,
    FRAGMENT_AFTER_OTHERS,
    FIRST_SAMPLE,
    EVERY_SAMPLE
  }
}
