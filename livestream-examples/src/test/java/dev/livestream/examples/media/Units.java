package dev.livestream.examples.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Collects what a splitter makes. */
final class Units implements MediaSink {
  final List<MediaUnit> list = new ArrayList<>();

  @Override
  public void accept(MediaUnit unit) {
    list.add(unit);
  }

  /** Splits bytes that come in pieces of a size. */
  static Units of(MediaSplitter splitter, byte[] bytes, int pieces) throws Exception {
    Units units = new Units();
    for (int at = 0; at < bytes.length; at += pieces) {
      splitter.push(bytes, at, Math.min(pieces, bytes.length - at), units);
    }
    splitter.finish(units);
    return units;
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    list.forEach(unit -> all.writeBytes(bytes(unit)));
    return all.toByteArray();
  }

  static byte[] bytes(MediaUnit unit) {
    byte[] bytes = new byte[unit.size()];
    unit.data().get(bytes);
    return bytes;
  }

  List<Boolean> keyFrames() {
    return list.stream().map(MediaUnit::keyFrame).toList();
  }

  List<Long> micros() {
    return list.stream().map(MediaUnit::micros).toList();
  }
}
