package dev.livestream.examples.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.livestream.examples.media.MediaUnit;
import dev.livestream.spi.PeerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalServerTest {
  private final LiveMedia media = new LiveMedia();
  private LocalServer server;

  @BeforeEach
  void open() throws IOException {
    server = LocalServer.open(new PeerAddress("127.0.0.1", 0));
    server.on("/", new MediaHandler(media));
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** Sends a request as it is and returns all of the answer. */
  private String ask(String request, String host) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
      OutputStream out = socket.getOutputStream();
      String head = request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost:8080", "LOCALHOST", "[::1]:80", "192.168.1.2:1"})
  void playsToWhoNamesItByAddressOrLocalhost(String host) throws Exception {
    media.begin("video/mp2t", new byte[0]);
    media.end();
    assertThat(ask("GET /", host))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("Content-Type: video/mp2t")
        .containsIgnoringCase("Cross-Origin-Resource-Policy: same-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"attacker.example", "127.0.0.1.attacker.example", "localhost.evil", ""})
  void refusesAnyOtherName(String host) throws Exception {
    assertThat(ask("GET /", host)).startsWith("HTTP/1.1 421");
  }

  @ParameterizedTest
  @CsvSource({"POST /,405", "DELETE /,405", "GET /other,404", "GET /../etc/passwd,404"})
  void answersNothingElse(String request, int code) throws Exception {
    assertThat(ask(request, "localhost")).startsWith("HTTP/1.1 " + code);
  }

  @Test
  void sendsHeaderAndUnitsByteForByteUntilTheEnd() throws Exception {
    media.begin("video/mp4", "header ".getBytes(StandardCharsets.ISO_8859_1));
    ByteBuffer unit = ByteBuffer.wrap("unit".getBytes(StandardCharsets.ISO_8859_1));
    media.accept(new MediaUnit(unit, true, MediaUnit.UNTIMED, true));
    try (InputStream in = URI.create(server.url()).toURL().openStream()) {
      assertThat(new String(in.readNBytes(11), StandardCharsets.ISO_8859_1))
          .isEqualTo("header unit");
      media.end();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void moreListenersThanThereIsRoomForAreTurnedAwayAndTheOthersGoOn() throws Exception {
    media.begin("video/mp4", new byte[] {1});
    List<InputStream> listening = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      InputStream in = URI.create(server.url()).toURL().openStream();
      assertThat(in.read()).isEqualTo(1);
      listening.add(in);
    }
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> URI.create(server.url()).toURL().openStream());
    media.accept(new MediaUnit(ByteBuffer.allocate(1), true, MediaUnit.UNTIMED, true));
    for (InputStream in : listening) {
      assertThat(in.read()).isZero();
      in.close();
    }
  }

  @Test
  void aPortInUseIsSaidInOneSentence() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      PeerAddress taken = new PeerAddress("127.0.0.1", other.getLocalPort());
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> LocalServer.open(taken))
          .withMessageStartingWith("Cannot serve HTTP at " + taken + ": ");
    }
  }
}
