package dev.livestream.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: peer-to-peer live streaming from a terminal. */
@Command(
    name = "livestream",
    mixinStandardHelpOptions = true,
    description = "Peer-to-peer live streaming.")
public final class Main implements Runnable {
  private Main() {}

  /**
   * Runs the command line and exits with its code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
