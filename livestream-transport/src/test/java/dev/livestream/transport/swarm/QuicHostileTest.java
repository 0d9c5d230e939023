package dev.livestream.transport.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransportProvider;
import dev.livestream.transport.quic.QuicTransportProvider;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Hostile peers over QUIC. */
final class QuicHostileTest extends HostileContract {
  @Override
  TransportProvider network() {
    return new QuicTransportProvider();
  }

  @Override
  int crowd() {
    return 140;
  }

  @Test
  void noiseAtTheSocketIsDroppedAndCounted() throws Exception {
    SplittableRandom random = new SplittableRandom(9);
    try (DatagramSocket stranger =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      for (int i = 0; i < 300; i++) {
        byte[] noise = new byte[1 + random.nextInt(1_400)];
        random.nextBytes(noise);
        for (PeerAddress target : stage().targets()) {
          stranger.send(
              new DatagramPacket(
                  noise, noise.length, InetAddress.getByName(target.host()), target.port()));
        }
        if (i % 20 == 0) {
          stage().moveOn();
        }
      }
    }
    assertThat(stage().source().stats().datagramsDropped()).isPositive();
    assertThat(stage().sink().stats().datagramsDropped()).isPositive();
    stage().finish();
  }
}
