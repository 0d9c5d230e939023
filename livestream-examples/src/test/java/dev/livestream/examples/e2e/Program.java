package dev.livestream.examples.e2e;

import dev.livestream.examples.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The command line as a process of its own. */
final class Program implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * A viewer that waits longer for what is missing than people would: where many programs share few
   * processors, a second can go by without anything being wrong.
   */
  static Program watch(Path directory, String link, Path output, Object... more)
      throws IOException {
    Stream<Object> command =
        Stream.of("watch", link, "--listen", "127.0.0.1:0", "--latency", "10s", "--output", output);
    return start(directory, Stream.concat(command, Stream.of(more)).toArray());
  }

  static Program start(Path directory, Object... arguments) throws IOException {
    return start(Main.class, directory, arguments);
  }

  static Program start(Class<?> main, Path directory, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Many short programs on few processors: they start faster so.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Program(process, out, err);
  }

  /** Writes to its standard input. */
  void send(byte[] bytes, int from, int to) throws IOException {
    process.getOutputStream().write(bytes, from, to - from);
    process.getOutputStream().flush();
  }

  /** Ends its standard input. */
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits for the first line of standard output. */
  String firstLine() throws Exception {
    while (true) {
      String text = Files.readString(out);
      if (text.contains("\n")) {
        return text.lines().findFirst().orElseThrow();
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new IOException("ended with " + process.exitValue() + ": " + errors());
      }
    }
  }

  /** Waits for the end; the exit code. */
  int exitCode() throws Exception {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new TimeoutException("still running after two minutes: " + errors());
    }
    return process.exitValue();
  }

  String errors() throws IOException {
    return Files.readString(err);
  }

  String output() throws IOException {
    return Files.readString(out);
  }

  /** Ends it as Ctrl-C would. */
  void terminate() {
    process.destroy();
  }

  /** Ends it without a chance to say goodbye. */
  void kill() {
    process.destroyForcibly();
  }

  /** The processes that it started. */
  List<ProcessHandle> children() {
    return process.children().toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
