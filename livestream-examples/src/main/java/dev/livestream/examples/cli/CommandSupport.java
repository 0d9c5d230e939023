package dev.livestream.examples.cli;

import dev.livestream.BitRate;
import dev.livestream.StreamLink;
import dev.livestream.spi.PeerAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** How all commands read their options and report what went wrong. */
public final class CommandSupport {
  private static final int USAGE = 2;
  private static final int FAILURE = 1;
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  private static final String DEBUG = "--debug";

  private CommandSupport() {}

  /** Prepares a command line: one clear line for each mistake, and the right exit code. */
  public static CommandLine prepare(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder(DEBUG)
                .inherited(true)
                .type(boolean.class)
                .description("Logs everything, and shows where failures come from.")
                .build());
    command.registerConverter(BitRate.class, converter(BitRate::parse));
    command.registerConverter(Duration.class, converter(Durations::parse));
    command.registerConverter(PeerAddress.class, converter(PeerAddress::parse));
    command.registerConverter(StreamLink.class, converter(StreamLink::parse));
    command.setParameterExceptionHandler(CommandSupport::wrongUsage);
    command.setExecutionExceptionHandler((e, line, parsed) -> failed(e, line));
    return command;
  }

  /** Sets how much is logged, on standard error. Must come before anything logs. */
  public static void setLogLevel(String[] arguments) {
    System.setProperty(LOG_LEVEL, Arrays.asList(arguments).contains(DEBUG) ? "debug" : "warn");
  }

  private static <T> ITypeConverter<T> converter(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    return complain(e.getCommandLine(), message(e), USAGE);
  }

  private static int failed(Exception e, CommandLine line) {
    if (line.getParseResult().hasMatchedOption(DEBUG)) {
      e.printStackTrace(line.getErr());
    }
    if (e instanceof IllegalArgumentException) {
      // The builders check their values, and say what is wrong with them.
      return complain(line, message(e), USAGE);
    }
    Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    boolean expected = cause instanceof IOException || cause instanceof IllegalStateException;
    return complain(line, expected ? message(cause) : cause.toString(), FAILURE);
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }

  private static int complain(CommandLine line, String message, int code) {
    PrintWriter err = line.getErr();
    String oneLine = message.strip().replaceAll("\\s*\\R\\s*", " ");
    err.println(line.getCommandSpec().qualifiedName() + ": " + oneLine);
    err.flush();
    return code;
  }
}
