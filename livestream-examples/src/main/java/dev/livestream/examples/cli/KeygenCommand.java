package dev.livestream.examples.cli;

import dev.livestream.crypto.ChannelKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a channel key. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    description = "Makes a channel key and prints the channel's id.")
public final class KeygenCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the key goes; never replaces a file. Only you can read it.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    ChannelKey key = ChannelKey.generate();
    try {
      key.save(out);
    } catch (FileAlreadyExistsException e) {
      throw Failure.ofFile("write", out, e);
    }
    System.out.println(key.id());
    return 0;
  }
}
