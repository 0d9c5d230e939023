package dev.livestream.examples.media;

import dev.livestream.examples.media.TsProgram.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Cuts an MPEG transport stream into pictures. A unit begins where a PES packet of the main stream
 * begins; at a key frame it begins at the tables (PAT, then PMT) in front of it, because a decoder
 * that starts there needs them first. Bytes that are no packets go along where they stand.
 */
public final class TsSplitter implements MediaSplitter {
  /** The MIME type of an MPEG transport stream. */
  public static final String CONTENT_TYPE = "video/mp2t";

  /** Longest unit; what is longer is passed on in parts. */
  private static final int MAX_UNIT_BYTES = 4 << 20;

  private final TsProgram program = new TsProgram();
  private final TsClock clock = new TsClock();
  private final ByteQueue input = new ByteQueue();
  private final ByteQueue unit = new ByteQueue();

  /**
   * The very beginning is a place to start, too: nobody who is there from then on misses a byte.
   */
  private boolean unitIsKey = true;

  private long unitMicros = MediaUnit.UNTIMED;

  /** Where in the unit the latest tables begin that no picture has followed yet; -1 if none. */
  private int tablesAt = -1;

  private boolean mapSeen;

  @Override
  public String contentType() {
    return CONTENT_TYPE;
  }

  @Override
  public Optional<byte[]> header() {
    return Optional.of(new byte[0]);
  }

  @Override
  public void push(byte[] bytes, int offset, int length, MediaSink sink)
      throws IOException, InterruptedException {
    input.add(bytes, offset, length);
    while (input.size() >= TsPacket.BYTES) {
      int size = input.get(0) == TsPacket.SYNC ? TsPacket.BYTES : bytesToSync();
      if (size == TsPacket.BYTES) {
        packet(new TsPacket(input.array(), input.position()), sink);
      }
      unit.add(input.array(), input.position(), size);
      input.skip(size);
      if (unit.size() > MAX_UNIT_BYTES) {
        emit(unit.size(), false, sink);
      }
    }
  }

  private int bytesToSync() {
    int count = 1;
    while (count < TsPacket.BYTES - 1 && input.get(count) != TsPacket.SYNC) {
      count++;
    }
    return count;
  }

  private void packet(TsPacket packet, MediaSink sink) throws IOException, InterruptedException {
    Kind kind = program.read(packet);
    if (kind == Kind.ASSOCIATION) {
      tablesAt = unit.size();
      mapSeen = false;
    } else if (kind == Kind.MAP) {
      mapSeen = true;
    } else if (kind == Kind.MAIN_START) {
      boolean key = program.isKeyFrame(packet);
      emit(key && mapSeen && tablesAt >= 0 ? tablesAt : unit.size(), true, sink);
      unitIsKey = key;
    }
    long pcr = program.isClock(packet) ? packet.pcr() : -1;
    if (pcr >= 0) {
      clock.reference(pcr, packet.discontinuity());
    }
    if (kind == Kind.MAIN_START && packet.decodingTime() >= 0) {
      clock.decodingTime(packet.decodingTime(), pcr >= 0);
    }
    if (kind == Kind.MAIN_START) {
      unitMicros = clock.running() ? clock.micros() : MediaUnit.UNTIMED;
    }
  }

  private void emit(int size, boolean frameEnd, MediaSink sink)
      throws IOException, InterruptedException {
    if (size > 0) {
      ByteBuffer data = ByteBuffer.wrap(unit.take(size));
      boolean key = unitIsKey;
      unitIsKey = false;
      sink.accept(new MediaUnit(data, key, unitMicros, frameEnd));
    }
    tablesAt = -1;
    mapSeen = false;
  }

  @Override
  public void drain(MediaSink sink) throws IOException, InterruptedException {
    int tables = tablesAt;
    boolean map = mapSeen;
    emit(tables >= 0 ? tables : unit.size(), true, sink);
    if (tables >= 0) {
      tablesAt = 0;
      mapSeen = map;
    }
  }

  @Override
  public void finish(MediaSink sink) throws IOException, InterruptedException {
    unit.add(input.array(), input.position(), input.size());
    input.clear();
    emit(unit.size(), true, sink);
  }
}
