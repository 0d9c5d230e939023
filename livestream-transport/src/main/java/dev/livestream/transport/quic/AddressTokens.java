package dev.livestream.transport.quic;

import dev.livestream.spi.Ticker;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks the tokens with which a peer proves that it receives what is sent to its address
 * (RFC 9000, section 8.1).
 *
 * <p>A token is {@code key number (1) | time (8) | HMAC-SHA256, truncated (16) | first destination
 * connection id}. The HMAC covers the time, that id, the address and the port, under a key that
 * nobody else knows and that is replaced every hour; the last key stays valid for as long as a
 * token does. So a token cannot be made up, moved to another address or another attempt, or kept.
 */
final class AddressTokens {
  /** How long a token is good for; longer than any handshake lasts. */
  static final Duration LIFETIME = Duration.ofSeconds(15);

  /** How long a key makes tokens. */
  static final Duration KEY_LIFETIME = Duration.ofHours(1);

  /** Bytes before the connection id. */
  static final int HEADER_BYTES = 1 + Long.BYTES + 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int TAG_BYTES = 16;
  private static final int KEY_BYTES = 32;

  private final Ticker ticker;
  private final SecureRandom random = new SecureRandom();
  private Key current;
  private @Nullable Key previous;

  AddressTokens(Ticker ticker) {
    this.ticker = ticker;
    this.current = newKey(0);
  }

  private record Key(byte number, long bornMicros, Mac mac) {}

  /** Makes a token for an address. */
  byte[] make(byte[] connectionId, InetSocketAddress address) {
    long now = ticker.nowMicros();
    if (now - current.bornMicros() > Durations.micros(KEY_LIFETIME)) {
      previous = current;
      current = newKey(current.number() + 1);
    }
    return ByteBuffer.allocate(HEADER_BYTES + connectionId.length)
        .put(current.number())
        .putLong(now)
        .put(tag(current, now, connectionId, address))
        .put(connectionId)
        .array();
  }

  /**
   * Checks a token.
   *
   * @return the connection id that it was made for, or null if it is not good
   */
  byte @Nullable [] check(byte[] token, InetSocketAddress address) {
    if (token.length < HEADER_BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(token);
    Key key = keyOf(in.get());
    long madeMicros = in.getLong();
    long age = ticker.nowMicros() - madeMicros;
    if (key == null || age < 0 || age > Durations.micros(LIFETIME)) {
      return null;
    }
    byte[] tag = new byte[TAG_BYTES];
    in.get(tag);
    byte[] connectionId = new byte[in.remaining()];
    in.get(connectionId);
    boolean good = MessageDigest.isEqual(tag, tag(key, madeMicros, connectionId, address));
    return good ? connectionId : null;
  }

  private @Nullable Key keyOf(byte number) {
    if (number == current.number()) {
      return current;
    }
    Key old = previous;
    return old != null && number == old.number() ? old : null;
  }

  private static byte[] tag(
      Key key, long madeMicros, byte[] connectionId, InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    Mac mac = key.mac();
    mac.update(
        ByteBuffer.allocate(Long.BYTES + 2 * Short.BYTES + ip.length)
            .putLong(madeMicros)
            .putShort((short) ip.length)
            .put(ip)
            .putShort((short) address.getPort())
            .flip());
    return Arrays.copyOf(mac.doFinal(connectionId), TAG_BYTES);
  }

  private Key newKey(int number) {
    byte[] secret = new byte[KEY_BYTES];
    random.nextBytes(secret);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return new Key((byte) number, ticker.nowMicros(), mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no HMAC-SHA256.", e);
    }
  }
}
