package dev.livestream.examples.cli;

import dev.livestream.Media;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes what a viewer reads to a file or standard output, byte for byte, and tells of gaps. */
final class MediaFile implements AutoCloseable {
  static final Path STANDARD_OUTPUT = Path.of("-");

  private final WritableByteChannel channel;
  private final String name;
  private long written;

  private MediaFile(WritableByteChannel channel, String name) {
    this.channel = channel;
    this.name = name;
  }

  /** Opens the file; without one, everything goes nowhere. */
  static MediaFile open(Optional<Path> path) throws IOException {
    if (path.isEmpty()) {
      return of(OutputStream.nullOutputStream(), "nowhere");
    }
    if (path.get().equals(STANDARD_OUTPUT)) {
      return of(new FileOutputStream(FileDescriptor.out), "standard output");
    }
    try {
      return of(Files.newOutputStream(path.get()), path.get().toString());
    } catch (IOException e) {
      throw Failure.ofFile("write", path.get(), e);
    }
  }

  private static MediaFile of(OutputStream stream, String name) {
    return new MediaFile(Channels.newChannel(stream), name);
  }

  void accept(Media media) throws IOException {
    if (media instanceof Media.Header header) {
      write(ByteBuffer.wrap(header.info().header()));
    } else if (media instanceof Media.Data data) {
      write(data.bytes().duplicate());
    } else if (media instanceof Media.Gap gap) {
      System.err.println(
          "Gap: " + gap.chunks() + " chunks are missing after byte " + written + ".");
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        written += channel.write(bytes);
      }
    } catch (java.nio.channels.ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new Failure("Cannot write to " + name + ": " + e.getMessage() + ".");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
