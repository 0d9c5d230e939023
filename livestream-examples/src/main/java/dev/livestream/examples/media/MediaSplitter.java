package dev.livestream.examples.media;

import java.io.IOException;
import java.util.Optional;

/**
 * Cuts a byte stream into {@link MediaUnit}s. The units, put together after the header, are the
 * bytes that went in: nothing is dropped or changed.
 */
public interface MediaSplitter {
  /** The MIME type of what comes out. */
  String contentType();

  /**
   * What a player needs before any unit, once it is known. Empty bytes for a container without a
   * header.
   */
  Optional<byte[]> header();

  /**
   * Takes the next bytes and passes on the units they complete.
   *
   * @throws MediaFormatException if this is not the container it claimed to be
   * @throws IOException if the sink fails
   * @throws InterruptedException if the sink was told to stop
   */
  void push(byte[] bytes, int offset, int length, MediaSink sink)
      throws IOException, InterruptedException;

  /**
   * Passes on what can be passed on before its unit is complete. For live input that pauses here,
   * so that the next frame is not waited for to see the end of this one.
   *
   * @throws IOException if the sink fails
   * @throws InterruptedException if the sink was told to stop
   */
  void drain(MediaSink sink) throws IOException, InterruptedException;

  /**
   * Passes on everything left, at the end of the input.
   *
   * @throws IOException if the sink fails
   * @throws InterruptedException if the sink was told to stop
   */
  void finish(MediaSink sink) throws IOException, InterruptedException;
}
