package dev.livestream.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelKeyFileTest {
  /** The example keys of RFC 8410, section 10.3, and their public key. */
  private static final String RFC_8410_PLAIN =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----
      """;

  private static final String RFC_8410_WITH_PUBLIC_KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
      Z9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PRIVATE KEY-----
      """;

  private static final String RFC_8410_PUBLIC_KEY =
      "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

  @TempDir Path folder;

  private Path fileWith(String content) throws IOException {
    Path file = folder.resolve("channel.pem");
    Files.writeString(file, content);
    if (isPosix()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  private static void assertRefused(Path file, String reason) {
    assertThatThrownBy(() -> ChannelKey.load(file))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void aSavedKeyLoadsAsTheSameChannel() throws IOException {
    ChannelKey key = ChannelKey.generate();
    Path file = folder.resolve("channel.pem");
    key.save(file);
    assertThat(ChannelKey.load(file).id()).isEqualTo(key.id());
  }

  @Test
  void aSavedFileIsPkcs8ThatOtherSoftwareReads() throws IOException, GeneralSecurityException {
    Path file = folder.resolve("channel.pem");
    Samples.CHANNEL.save(file);
    String text = Files.readString(file);
    assertThat(text)
        .startsWith("-----BEGIN PRIVATE KEY-----\n")
        .endsWith("\n-----END PRIVATE KEY-----\n");
    byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
    PrivateKey key =
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(SignatureDomain.MANIFEST.signingInput(new byte[] {1, 2, 3}));
    assertThat(
            Samples.CHANNEL
                .id()
                .key()
                .verifies(
                    SignatureDomain.MANIFEST.signingInput(new byte[] {1, 2, 3}),
                    signature.sign(),
                    0))
        .isTrue();
  }

  @Test
  void aSavedFileIsItsOwnersAlone() throws IOException {
    assumeTrue(isPosix());
    Path file = folder.resolve("channel.pem");
    Samples.CHANNEL.save(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void anExistingFileIsNeverTouched() throws IOException {
    Path file = fileWith("something else");
    assertThatThrownBy(() -> Samples.CHANNEL.save(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("something else");
  }

  @Test
  void aLinkToNowhereIsNotFollowedWhenSaving() throws IOException {
    assumeTrue(isPosix());
    Path target = folder.resolve("target.pem");
    Path link = Files.createSymbolicLink(folder.resolve("channel.pem"), target);
    assertThatThrownBy(() -> Samples.CHANNEL.save(link))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).doesNotExist();
  }

  @Test
  void aMissingFolderIsSaid() {
    Path file = folder.resolve("nowhere").resolve("channel.pem");
    assertThatThrownBy(() -> Samples.CHANNEL.save(file))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("its folder does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-----w-", "rw-rw-rw-"})
  void aFileOpenToOthersIsRefused(String permissions) throws IOException {
    assumeTrue(isPosix());
    Path file = fileWith(RFC_8410_PLAIN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertRefused(file, "is open to other users; run: chmod 600 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--------", "rwx------", "rw---x--x"})
  void aFileThatOnlyItsOwnerReadsAndWritesIsAccepted(String permissions) throws IOException {
    assumeTrue(isPosix());
    Path file = fileWith(RFC_8410_PLAIN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThat(ChannelKey.load(file).id().bytes())
        .isEqualTo(HexFormat.of().parseHex(RFC_8410_PUBLIC_KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {RFC_8410_PLAIN, RFC_8410_WITH_PUBLIC_KEY})
  void theExamplesOfRfc8410Load(String pem) throws IOException {
    for (String variant : new String[] {pem, pem.replace("\n", "\r\n"), pem.strip()}) {
      assertThat(ChannelKey.load(fileWith(variant)).id().bytes())
          .isEqualTo(HexFormat.of().parseHex(RFC_8410_PUBLIC_KEY));
    }
  }

  @Test
  void aPublicKeyThatDoesNotBelongToThePrivateOneIsRefused() throws IOException {
    assertRefused(
        fileWith(RFC_8410_WITH_PUBLIC_KEY.replace("xZuE=", "xZuA=")), "two keys that do not match");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "Ed448", "X25519", "EC"})
  void aKeyOfAnotherKindIsRefused(String algorithm) throws IOException, GeneralSecurityException {
    byte[] der =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
    assertRefused(
        fileWith(
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n"),
        "not Ed25519");
  }

  @Test
  void aFileThatIsNoKeyIsRefusedWithOneSentence() throws IOException {
    assertRefused(folder.resolve("missing.pem"), "does not exist");
    assertRefused(folder, "is not a regular file");
    assertRefused(fileWith(""), "not a private key in PEM format");
    assertRefused(fileWith("hello"), "not a private key in PEM format");
    assertRefused(
        fileWith(RFC_8410_PLAIN.replace("PRIVATE", "PUBLIC")), "not a private key in PEM format");
    assertRefused(fileWith(RFC_8410_PLAIN + RFC_8410_PLAIN), "is damaged");
    assertRefused(fileWith(RFC_8410_PLAIN.replace("MC4C", "MC4D")), "is damaged");
    assertRefused(fileWith(RFC_8410_PLAIN.replace("VhC", "V")), "is damaged");
    assertRefused(fileWith(RFC_8410_PLAIN.replace("MC4C", "")), "is damaged");
    assertRefused(
        fileWith(RFC_8410_PLAIN.replace(" PRIVATE", " ENCRYPTED PRIVATE")),
        "encrypted with a password");
  }

  @Test
  void aHugeFileIsNotReadToItsEnd() throws IOException {
    assertRefused(fileWith("x".repeat(KeyFile.MAX_BYTES + 1)), "too large");
  }
}
