package dev.livestream;

import dev.livestream.spi.TransportProvider;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the transports that are on the class path or module path. */
final class Transports {
  private Transports() {}

  /** The named provider, or the one of highest priority. */
  static TransportProvider find(@Nullable String name) {
    List<TransportProvider> found =
        ServiceLoader.load(TransportProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparingInt(TransportProvider::priority).reversed())
            .toList();
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "No transport was found; add livestream-transport to the dependencies.");
    }
    if (name == null) {
      return found.get(0);
    }
    return found.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "There is no transport called '"
                        + name
                        + "'; there are: "
                        + found.stream()
                            .map(TransportProvider::name)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
