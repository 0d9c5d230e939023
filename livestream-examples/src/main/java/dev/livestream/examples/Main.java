package dev.livestream.examples;

import dev.livestream.examples.cli.BroadcastCommand;
import dev.livestream.examples.cli.CommandSupport;
import dev.livestream.examples.cli.KeygenCommand;
import dev.livestream.examples.cli.RelayCommand;
import dev.livestream.examples.cli.WatchCommand;
import dev.livestream.examples.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: peer-to-peer live streaming from a terminal. */
@Command(
    name = "livestream",
    mixinStandardHelpOptions = true,
    subcommands = {
      KeygenCommand.class,
      BroadcastCommand.class,
      WatchCommand.class,
      RelayCommand.class,
      DemoCommand.class
    },
    description = "Peer-to-peer live streaming.")
public final class Main implements Runnable {
  private Main() {}

  /**
   * Runs the command line and exits with its code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    CommandSupport.setLogLevel(args);
    System.exit(CommandSupport.prepare(new CommandLine(new Main())).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
