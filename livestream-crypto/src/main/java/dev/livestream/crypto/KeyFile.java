package dev.livestream.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.jspecify.annotations.Nullable;

/**
 * A private key on disk: PKCS#8 in PEM, as {@code openssl genpkey -algorithm ed25519} writes it.
 *
 * <p>The file's permissions are set as it is created, not afterwards: between the two anyone could
 * open it. A file that others can read is refused on loading, because its key must be taken for
 * stolen.
 */
final class KeyFile {
  /** An Ed25519 key takes 119 bytes; with attributes and a public key it stays below this. */
  static final int MAX_BYTES = 4096;

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final byte[] PKCS8_PREFIX = {
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20
  };
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Set<PosixFilePermission> FOREIGN_ACCESS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private KeyFile() {}

  /** Reads the seed of the key in the file. */
  static SigningKey read(Path file) throws IOException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new KeyFileException("The key file " + file + " is not a regular file.");
      }
      requirePrivate(file);
      byte[] content;
      try (InputStream in = Files.newInputStream(file)) {
        content = in.readNBytes(MAX_BYTES + 1);
      }
      if (content.length > MAX_BYTES) {
        throw new KeyFileException("The key file " + file + " is too large to hold a key.");
      }
      return parse(content, file.toString());
    } catch (KeyFileException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new KeyFileException("The key file " + file + " does not exist.", e);
    } catch (AccessDeniedException e) {
      throw new KeyFileException("The key file " + file + " may not be read by this user.", e);
    } catch (IOException e) {
      throw new KeyFileException("The key file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Creates the file with the key in it, for its owner alone. Never touches an existing file. */
  static void write(Path file, SigningKey key) throws IOException {
    boolean created = false;
    boolean complete = false;
    try (FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            creationAttributes(file))) {
      created = true;
      ByteBuffer content = ByteBuffer.wrap(format(key).getBytes(StandardCharsets.US_ASCII));
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
      complete = true;
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new KeyFileException(
          "The key file " + file + " cannot be made: its folder does not exist.", e);
    } catch (AccessDeniedException e) {
      throw new KeyFileException(
          "The key file " + file + " cannot be made: this user may not write there.", e);
    } catch (IOException e) {
      throw new KeyFileException(
          "The key file " + file + " cannot be written: " + e.getMessage(), e);
    } finally {
      if (created && !complete) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Reads a key from the content of a PEM file; {@code name} is for the messages. */
  static SigningKey parse(byte[] content, String name) throws KeyFileException {
    String text = new String(content, StandardCharsets.ISO_8859_1).strip();
    if (text.startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
      throw new KeyFileException(
          "The key file " + name + " is encrypted with a password, which is not supported.");
    }
    if (text.length() < BEGIN.length() + END.length()
        || !text.startsWith(BEGIN)
        || !text.endsWith(END)) {
      throw new KeyFileException("The key file " + name + " is not a private key in PEM format.");
    }
    String body = text.substring(BEGIN.length(), text.length() - END.length());
    try {
      byte[] der = Base64.getDecoder().decode(body.replaceAll("[\r\n]", ""));
      return decode(der, name);
    } catch (IllegalArgumentException e) {
      throw new KeyFileException("The key file " + name + " is damaged.", e);
    }
  }

  static String format(SigningKey key) {
    byte[] der = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + SigningKey.SEED_BYTES);
    System.arraycopy(key.seed(), 0, der, PKCS8_PREFIX.length, SigningKey.SEED_BYTES);
    return BEGIN + "\n" + Base64.getEncoder().encodeToString(der) + "\n" + END + "\n";
  }

  // Bouncy Castle's parser throws several unchecked exceptions on bytes that are not DER.
  private static SigningKey decode(byte[] der, String name) throws KeyFileException {
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(der);
      if (!EdECObjectIdentifiers.id_Ed25519.equals(info.getPrivateKeyAlgorithm().getAlgorithm())) {
        throw new KeyFileException("The key file " + name + " holds a key that is not Ed25519.");
      }
      if (PrivateKeyFactory.createKey(info) instanceof Ed25519PrivateKeyParameters parameters) {
        SigningKey key = SigningKey.fromSeed(parameters.getEncoded());
        if (info.hasPublicKey()
            && !Arrays.equals(info.getPublicKeyData().getOctets(), key.publicKey())) {
          throw new KeyFileException("The key file " + name + " holds two keys that do not match.");
        }
        return key;
      }
      throw new KeyFileException("The key file " + name + " holds a key that is not Ed25519.");
    } catch (KeyFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new KeyFileException("The key file " + name + " is damaged.", e);
    }
  }

  private static void requirePrivate(Path file) throws IOException {
    @Nullable PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    for (PosixFilePermission permission : FOREIGN_ACCESS) {
      if (permissions.contains(permission)) {
        throw new KeyFileException(
            "The key file " + file + " is open to other users; run: chmod 600 " + file);
      }
    }
  }

  private static FileAttribute<?>[] creationAttributes(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }
}
