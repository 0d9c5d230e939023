package dev.livestream;

import dev.livestream.crypto.Base32;
import dev.livestream.crypto.ChannelId;
import dev.livestream.spi.PeerAddress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a broadcaster hands out and a viewer needs: which stream, and where to find somebody who has
 * it.
 *
 * <p>The channel id is the stream's identity: whatever a viewer is sent, it plays nothing that the
 * channel's key did not sign. The addresses are hints only. A link holds no secret.
 *
 * <p>Printed, a link is one word of letters and digits after {@code livestream:}, which a chat
 * program can neither break nor decorate, and a link that lost its end or has a typing error is
 * noticed. {@link #parse} forgives what happens to links on their way: white space around them,
 * angle brackets and quotes, a full stop or comma behind them, and capital letters.
 *
 * <p>Immutable and thread-safe.
 */
public final class StreamLink {
  /** How every printed link begins. */
  public static final String SCHEME = "livestream:";

  /** The most hints in a link. */
  public static final int MAX_HINTS = 8;

  /** Longest text that is looked at: more than the longest link with whatever is around it. */
  private static final int MAX_TEXT = 8_192;

  private static final String AROUND =
      " \t\r\n\f\u00a0\u200b\u2060\ufeff<>()[]{}\"'`.,;:!?*_\u00ab\u00bb\u2018\u2019\u201c\u201d\u2026";

  private final ChannelId channel;
  private final List<PeerAddress> hints;

  private StreamLink(ChannelId channel, List<PeerAddress> hints) {
    this.channel = channel;
    this.hints = hints;
  }

  /**
   * Makes a link.
   *
   * @param channel the stream
   * @param hints where its peers may be found, best first; at most {@link #MAX_HINTS}, none with
   *     port 0
   * @return the link
   * @throws IllegalArgumentException with one sentence if a hint cannot be used
   */
  public static StreamLink of(ChannelId channel, List<PeerAddress> hints) {
    Objects.requireNonNull(channel, "channel");
    if (hints.size() > MAX_HINTS) {
      throw new IllegalArgumentException(
          "A link has at most " + MAX_HINTS + " addresses, not " + hints.size() + ".");
    }
    for (PeerAddress hint : hints) {
      if (hint.port() == 0) {
        throw new IllegalArgumentException("The address " + hint + " has no port to connect to.");
      }
    }
    return new StreamLink(channel, List.copyOf(hints));
  }

  /**
   * Makes a link.
   *
   * @param channel the stream
   * @param hints where its peers may be found, best first
   * @return the link
   * @throws IllegalArgumentException with one sentence if a hint cannot be used
   */
  public static StreamLink of(ChannelId channel, PeerAddress... hints) {
    return of(channel, List.of(hints));
  }

  /**
   * Reads a link.
   *
   * @param text what {@link #toString} printed, as people pass it on
   * @return the link
   * @throws InvalidLinkException if it is not a link, with one sentence that says why
   */
  public static StreamLink parse(@Nullable String text) {
    String word = text == null ? "" : strip(text);
    if (word.isEmpty()) {
      throw new InvalidLinkException("The link is empty.");
    }
    if (!word.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new InvalidLinkException(
          "'" + excerpt(word) + "' is not a stream's link: those begin with " + SCHEME);
    }
    String token = word.substring(SCHEME.length()).toLowerCase(Locale.ROOT);
    if (token.isEmpty()) {
      throw new InvalidLinkException("The link is cut off after '" + SCHEME + "'.");
    }
    return LinkFormat.decode(token);
  }

  /**
   * The stream.
   *
   * @return the channel's identity
   */
  public ChannelId channel() {
    return channel;
  }

  /**
   * Where the stream's peers may be found.
   *
   * @return at most {@link #MAX_HINTS} addresses, best first; may be empty
   */
  public List<PeerAddress> hints() {
    return hints;
  }

  /**
   * The same stream with other hints.
   *
   * @param others the hints to use instead
   * @return the link
   * @throws IllegalArgumentException with one sentence if a hint cannot be used
   */
  public StreamLink withHints(List<PeerAddress> others) {
    return of(channel, others);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StreamLink that
        && channel.equals(that.channel)
        && hints.equals(that.hints);
  }

  @Override
  public int hashCode() {
    return Objects.hash(channel, hints);
  }

  /**
   * Prints the link as {@link #parse} reads it.
   *
   * @return {@code livestream:} and lower-case letters and digits
   */
  @Override
  public String toString() {
    return SCHEME + Base32.encode(LinkFormat.encode(this));
  }

  private static String strip(String text) {
    if (text.length() > MAX_TEXT) {
      throw new InvalidLinkException(
          "The text has " + text.length() + " characters; no stream's link is that long.");
    }
    int from = 0;
    int to = text.length();
    while (from < to && AROUND.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    // The scheme's own colon is not decoration: 'livestream:' alone is a link cut off.
    while (to > from && AROUND.indexOf(text.charAt(to - 1)) >= 0) {
      boolean schemeOnly = text.substring(from, to).equalsIgnoreCase(SCHEME);
      if (schemeOnly) {
        break;
      }
      to--;
    }
    return text.substring(from, to);
  }

  private static String excerpt(String word) {
    String printable = word.replaceAll("[^\\x21-\\x7e]", "?");
    return printable.length() <= 40 ? printable : printable.substring(0, 40) + "...";
  }
}
