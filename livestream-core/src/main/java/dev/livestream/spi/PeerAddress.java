package dev.livestream.spi;

/**
 * Where a peer can be reached: a host (an IP literal, or a name in links) and a UDP port.
 *
 * @param host an IPv4 or IPv6 literal without brackets, or a DNS name; 1 to 253 characters of
 *     letters, digits, {@code . : - _ %}
 * @param port 0 to 65535; 0 only where a free port is to be chosen
 */
public record PeerAddress(String host, int port) {
  private static final int MAX_HOST = 253;

  /** Validates both parts. */
  public PeerAddress {
    if (host.isEmpty() || host.length() > MAX_HOST) {
      throw new IllegalArgumentException("host must have 1 to 253 characters");
    }
    for (int i = 0; i < host.length(); i++) {
      if (!isHostCharacter(host.charAt(i))) {
        throw new IllegalArgumentException("host has a character that no host name has");
      }
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  private static boolean isHostCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == ':'
        || c == '-'
        || c == '_'
        || c == '%';
  }

  /**
   * Parses {@code host:port} or {@code [v6]:port}.
   *
   * @throws IllegalArgumentException with one sentence that says what is wrong
   */
  public static PeerAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not HOST:PORT; write an IPv6 address in brackets");
    }
    try {
      return new PeerAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' does not end in a port number", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
    }
  }

  /** The form that {@link #parse} reads: brackets around IPv6 literals. */
  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
