package dev.livestream.spi;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * Makes endpoints of one kind of network. Found by {@link java.util.ServiceLoader}; an explicit
 * choice by the program wins over what is found.
 */
public interface TransportProvider {
  /** A short lower-case name, such as {@code quic}. */
  String name();

  /** Which provider is chosen when the program does not say: the highest. */
  int priority();

  /**
   * Opens an endpoint.
   *
   * @param config identity, address and limits
   * @param incoming called on the loop for each connection that another peer opens; gives the
   *     handler for it
   * @throws IOException with one clear sentence if the address cannot be bound
   */
  Transport open(TransportConfig config, Supplier<? extends ConnectionHandler> incoming)
      throws IOException;
}
