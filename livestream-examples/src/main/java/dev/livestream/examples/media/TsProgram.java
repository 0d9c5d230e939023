package dev.livestream.examples.media;

import java.util.HashSet;
import java.util.Set;

/**
 * What the tables of a transport stream say: which packets are tables, and which elementary stream
 * decides where a decoder can start (the first video stream, or the first stream where there is no
 * video). Tables are read from their first packet only, which holds the whole of any usual one.
 */
final class TsProgram {
  private static final int PAT_PID = 0;
  private static final int PAT_TABLE = 0x00;
  private static final int PMT_TABLE = 0x02;
  private static final int CRC_BYTES = 4;
  private static final int MPEG2_VIDEO = 0x02;
  private static final int H264 = 0x1b;
  private static final int H265 = 0x24;
  private static final Set<Integer> VIDEO = Set.of(0x01, MPEG2_VIDEO, 0x10, H264, H265, 0x33);

  private final Set<Integer> mapPids = new HashSet<>();
  private int mainPid = -1;
  private int mainType = -1;
  private int clockPid = -1;

  /** What a packet is to someone who looks for a place to start. */
  enum Kind {
    /** A list of programs begins in it. */
    ASSOCIATION,
    /** A list of a program's streams begins in it. */
    MAP,
    /** A picture (or other unit of the main stream) begins in it. */
    MAIN_START,
    /** Anything else. */
    OTHER
  }

  Kind read(TsPacket packet) {
    int pid = packet.pid();
    if (pid == PAT_PID && packet.unitStart()) {
      readAssociation(packet);
      return Kind.ASSOCIATION;
    }
    if (mapPids.contains(pid) && packet.unitStart()) {
      readMap(packet);
      return Kind.MAP;
    }
    return pid == mainPid && packet.unitStart() ? Kind.MAIN_START : Kind.OTHER;
  }

  boolean isClock(TsPacket packet) {
    return packet.pid() == clockPid;
  }

  /**
   * Whether a decoder can start at this packet, which begins a unit of the main stream: it says so,
   * or its payload begins with what a decoder needs (few muxers besides ffmpeg set the flag).
   */
  boolean isKeyFrame(TsPacket packet) {
    return packet.randomAccess() || startsWithKeyUnit(packet);
  }

  private boolean startsWithKeyUnit(TsPacket packet) {
    int zeros = 0;
    for (int i = packet.payload(); i < TsPacket.BYTES - 1; i++) {
      int value = packet.at(i);
      if (value == 1 && zeros >= 2 && isKeyUnit(packet.at(i + 1))) {
        return true;
      }
      zeros = value == 0 ? zeros + 1 : 0;
    }
    return false;
  }

  private boolean isKeyUnit(int firstByte) {
    return switch (mainType) {
      case H264 -> (firstByte & 0x80) == 0 && ((firstByte & 0x1f) == 5 || (firstByte & 0x1f) == 7);
      case H265 -> (firstByte >> 1 >= 16 && firstByte >> 1 <= 21) || firstByte >> 1 == 32;
      case MPEG2_VIDEO -> firstByte == 0xb3;
      default -> false;
    };
  }

  private void readAssociation(TsPacket packet) {
    int table = sectionStart(packet, PAT_TABLE);
    int end = sectionEnd(packet, table);
    for (int i = table + 8; i + 4 <= end && mapPids.size() < 64; i += 4) {
      boolean network = packet.at(i) == 0 && packet.at(i + 1) == 0;
      if (!network) {
        mapPids.add((packet.at(i + 2) & 0x1f) << 8 | packet.at(i + 3));
      }
    }
  }

  private void readMap(TsPacket packet) {
    int table = sectionStart(packet, PMT_TABLE);
    int end = sectionEnd(packet, table);
    if (table + 12 > end) {
      return;
    }
    int clock = (packet.at(table + 8) & 0x1f) << 8 | packet.at(table + 9);
    int i = table + 12 + ((packet.at(table + 10) & 0x0f) << 8 | packet.at(table + 11));
    int firstPid = -1;
    int firstType = -1;
    while (i + 5 <= end) {
      int type = packet.at(i);
      int pid = (packet.at(i + 1) & 0x1f) << 8 | packet.at(i + 2);
      if (firstPid < 0 || (VIDEO.contains(type) && !VIDEO.contains(firstType))) {
        firstPid = pid;
        firstType = type;
      }
      i += 5 + ((packet.at(i + 3) & 0x0f) << 8 | packet.at(i + 4));
    }
    if (firstPid >= 0) {
      mainPid = firstPid;
      mainType = firstType;
      clockPid = clock;
    }
  }

  /** Where the section begins, or the packet's end if the expected table is not there. */
  private static int sectionStart(TsPacket packet, int tableId) {
    int payload = packet.payload();
    if (payload >= TsPacket.BYTES) {
      return TsPacket.BYTES;
    }
    int start = payload + 1 + packet.at(payload);
    boolean fits = start + 12 <= TsPacket.BYTES;
    return fits && packet.at(start) == tableId ? start : TsPacket.BYTES;
  }

  private static int sectionEnd(TsPacket packet, int start) {
    if (start >= TsPacket.BYTES) {
      return start;
    }
    int length = (packet.at(start + 1) & 0x0f) << 8 | packet.at(start + 2);
    return Math.min(TsPacket.BYTES, start + 3 + length - CRC_BYTES);
  }
}
