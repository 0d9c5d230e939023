package dev.livestream.examples.media;

import java.io.ByteArrayOutputStream;

/** Writes the packets of a small transport stream: one program with video, and sound beside it. */
final class TsWriter {
  static final int MAP_PID = 0x1000;
  static final int VIDEO_PID = 0x100;
  static final int AUDIO_PID = 0x101;
  private static final int H264 = 0x1b;
  private static final int AAC = 0x0f;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  byte[] bytes() {
    return out.toByteArray();
  }

  TsWriter junk(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  TsWriter tables() {
    byte[] association = {0, 0x00, (byte) 0xb0, 13, 0, 1, (byte) 0xc1, 0, 0, 0, 1, (byte) 0xf0, 0};
    association[11] = (byte) (0xe0 | (MAP_PID >> 8));
    packet(0, true, new byte[0], association);
    byte[] map = new byte[1 + 12 + 10 + 4];
    map[1] = 0x02;
    map[2] = (byte) 0xb0;
    map[3] = 9 + 10 + 4;
    map[9] = (byte) (0xe0 | (VIDEO_PID >> 8));
    map[10] = (byte) VIDEO_PID;
    stream(map, 13, AAC, AUDIO_PID);
    stream(map, 18, H264, VIDEO_PID);
    return packet(MAP_PID, true, new byte[0], map);
  }

  private static void stream(byte[] map, int at, int type, int pid) {
    map[at] = (byte) type;
    map[at + 1] = (byte) (0xe0 | (pid >> 8));
    map[at + 2] = (byte) pid;
  }

  /** A picture of two packets. */
  TsWriter picture(int flags, long pcr, long dts, int unitType) {
    byte[] adaptation = pcr < 0 ? new byte[] {(byte) flags} : new byte[7];
    if (pcr >= 0) {
      adaptation[0] = (byte) (flags | 0x10);
      long base = pcr / 300;
      int extension = (int) (pcr % 300);
      adaptation[1] = (byte) (base >> 25);
      adaptation[2] = (byte) (base >> 17);
      adaptation[3] = (byte) (base >> 9);
      adaptation[4] = (byte) (base >> 1);
      adaptation[5] = (byte) (((base & 1) << 7) | 0x7e | (extension >> 8));
      adaptation[6] = (byte) extension;
    }
    byte[] pes = {
      0,
      0,
      1,
      (byte) 0xe0,
      0,
      0,
      (byte) 0x80,
      (byte) 0x80,
      5,
      (byte) (0x21 | ((dts >> 29) & 0xe)),
      (byte) (dts >> 22),
      (byte) ((dts >> 14) | 1),
      (byte) (dts >> 7),
      (byte) ((dts << 1) | 1),
      0,
      0,
      0,
      1,
      (byte) unitType
    };
    packet(VIDEO_PID, true, adaptation, pes);
    return packet(VIDEO_PID, false, new byte[0], new byte[100]);
  }

  TsWriter keyFrame(long pcr) {
    return picture(0x40, pcr, pcr / 300, 0x67);
  }

  TsWriter frame(long pcr) {
    return picture(0, pcr, pcr / 300, 0x41);
  }

  TsWriter sound() {
    return packet(AUDIO_PID, true, new byte[0], new byte[] {0, 0, 1, (byte) 0xc0, 0, 0});
  }

  private TsWriter packet(int pid, boolean start, byte[] adaptation, byte[] payload) {
    byte[] packet = new byte[TsPacket.BYTES];
    int stuffing = TsPacket.BYTES - 4 - 1 - adaptation.length - payload.length;
    packet[0] = TsPacket.SYNC;
    packet[1] = (byte) ((start ? 0x40 : 0) | (pid >> 8));
    packet[2] = (byte) pid;
    packet[3] = 0x30;
    packet[4] = (byte) (adaptation.length + stuffing);
    System.arraycopy(adaptation, 0, packet, 5, adaptation.length);
    for (int i = 0; i < stuffing; i++) {
      packet[5 + adaptation.length + i] = (byte) (adaptation.length == 0 && i == 0 ? 0 : 0xff);
    }
    System.arraycopy(payload, 0, packet, TsPacket.BYTES - payload.length, payload.length);
    out.writeBytes(packet);
    return this;
  }
}
