package dev.livestream.crypto;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The private key of a channel.
 *
 * <p>It signs nothing but session certificates, so it can stay offline: whoever holds it makes a
 * {@link SessionKey} now and then and hands that to the program that broadcasts. Instances are
 * immutable and thread-safe, and never print the key.
 */
public final class ChannelKey {
  private final SigningKey key;
  private final ChannelId id;

  private ChannelKey(SigningKey key) {
    this.key = key;
    this.id = ChannelId.of(key.publicKey());
  }

  /**
   * Makes a new key from the system's secure random source.
   *
   * @return the key
   */
  public static ChannelKey generate() {
    return new ChannelKey(SigningKey.generate());
  }

  /**
   * Makes the key that belongs to a seed: for reproducible tests and simulations. A key is as
   * secret as its seed.
   *
   * @param seed the 32 bytes of an Ed25519 private key, copied
   * @return the key
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static ChannelKey fromSeed(byte[] seed) {
    return new ChannelKey(SigningKey.fromSeed(seed));
  }

  /**
   * Reads a key from a PKCS#8 PEM file, as {@link #save} or {@code openssl genpkey -algorithm
   * ed25519} writes it. Blocks on the file system.
   *
   * @param file the file; where the file system knows POSIX permissions, nobody but its owner may
   *     have access to it
   * @return the key
   * @throws KeyFileException if the file is missing, unreadable, open to others or no unencrypted
   *     Ed25519 key, with one sentence saying so
   * @throws IOException never otherwise
   */
  public static ChannelKey load(Path file) throws IOException {
    return new ChannelKey(KeyFile.read(file));
  }

  /**
   * Writes the key to a new PKCS#8 PEM file that its owner alone can read and write (mode 0600 from
   * the moment it exists, where the file system knows POSIX permissions). Blocks until it is on the
   * disk.
   *
   * @param file a file that does not exist yet, in a folder that does
   * @throws java.nio.file.FileAlreadyExistsException if the file exists; it is not touched
   * @throws KeyFileException if the file cannot be written; nothing is left behind
   * @throws IOException if an incomplete file cannot be removed
   */
  public void save(Path file) throws IOException {
    KeyFile.write(file, key);
  }

  /**
   * The channel's identity.
   *
   * @return the public key
   */
  public ChannelId id() {
    return id;
  }

  /**
   * Makes a fresh session key and certifies it.
   *
   * @param terms what it is good for
   * @return the session key
   */
  public SessionKey openSession(SessionTerms terms) {
    return openSession(terms, SigningKey.generate());
  }

  /**
   * Makes the session key that belongs to a seed and certifies it: for reproducible tests and
   * simulations.
   *
   * @param terms what it is good for
   * @param sessionSeed the 32 bytes of an Ed25519 private key, copied
   * @return the session key
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public SessionKey openSession(SessionTerms terms, byte[] sessionSeed) {
    return openSession(terms, SigningKey.fromSeed(sessionSeed));
  }

  private SessionKey openSession(SessionTerms terms, SigningKey session) {
    return new SessionKey(session, SessionCertificate.issue(key, id, terms, session.publicKey()));
  }

  /**
   * Names the channel, never the key.
   *
   * @return text for logs
   */
  @Override
  public String toString() {
    return "ChannelKey[" + id + "]";
  }
}
