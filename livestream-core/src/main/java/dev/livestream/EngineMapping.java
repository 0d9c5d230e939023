package dev.livestream;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.EngineEvent;
import dev.livestream.engine.EngineStats;
import dev.livestream.engine.Topology;
import dev.livestream.node.StreamSnapshot;
import dev.livestream.wire.Manifest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts what the engine says into the words of the public API. */
final class EngineMapping {
  private EngineMapping() {}

  static StreamEvent event(EngineEvent event) {
    if (event instanceof EngineEvent.PeerJoined e) {
      return new StreamEvent.PeerJoined(e.peer().shortText());
    } else if (event instanceof EngineEvent.PeerLeft e) {
      String reason = e.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return new StreamEvent.PeerLeft(e.peer().shortText(), reason);
    } else if (event instanceof EngineEvent.ParentFound e) {
      return new StreamEvent.ParentFound(e.substream(), e.parent().shortText());
    } else if (event instanceof EngineEvent.ParentLost e) {
      return new StreamEvent.ParentLost(e.substream(), e.parent().shortText());
    } else if (event instanceof EngineEvent.ForgeryRejected e) {
      return new StreamEvent.ForgeryRejected(e.peer().shortText());
    } else if (event instanceof EngineEvent.PeerBanned e) {
      return new StreamEvent.PeerBanned(e.peer().shortText(), e.why());
    } else if (event instanceof EngineEvent.Isolated) {
      return new StreamEvent.Isolated();
    }
    throw new AssertionError("an event of no known kind: " + event);
  }

  static StreamInfo info(Manifest manifest) {
    return new StreamInfo(
        manifest.epoch(),
        manifest.title(),
        manifest.contentType(),
        manifest.header(),
        BitRate.ofBits(manifest.parameters().bitrate()));
  }

  static SwarmView swarm(PeerId self, Topology topology) {
    return new SwarmView(
        self.shortText(),
        topology.substreams().stream()
            .map(
                place ->
                    new SwarmView.Substream(
                        place.parent().stream().findFirst().map(PeerId::shortText),
                        place.depth(),
                        names(place.children())))
            .toList(),
        names(topology.meshNeighbours()));
  }

  static StreamStats broadcaster(StreamSnapshot snapshot, long chunks, long bytes) {
    return stats(StreamStats.Role.BROADCASTER, snapshot, chunks, 0, bytes, Reading.NONE);
  }

  static StreamStats relay(StreamSnapshot snapshot) {
    return stats(
        StreamStats.Role.RELAY, snapshot, snapshot.engine().chunksReceived(), 0, 0, Reading.NONE);
  }

  static StreamStats viewer(StreamSnapshot snapshot, Reading reading) {
    return stats(
        StreamStats.Role.VIEWER,
        snapshot,
        snapshot.engine().chunksReceived(),
        snapshot.engine().chunksDelivered(),
        reading.bytesDelivered(),
        reading);
  }

  /**
   * What only the reading side knows.
   *
   * @param bytesDelivered media bytes put in order
   * @param dropped chunks given up because nobody read
   * @param delay over the last second
   * @param startup from joining to the first byte ready
   */
  record Reading(
      long bytesDelivered, long dropped, StreamStats.Delay delay, Optional<Duration> startup) {
    static final Reading NONE = new Reading(0, 0, StreamStats.Delay.NONE, Optional.empty());
  }

  private static StreamStats stats(
      StreamStats.Role role,
      StreamSnapshot snapshot,
      long chunks,
      long delivered,
      long bytesDelivered,
      Reading reading) {
    EngineStats engine = snapshot.engine();
    StreamSnapshot.Traffic traffic = snapshot.traffic();
    return new StreamStats(
        role,
        engine.peers(),
        engine.parents(),
        engine.children(),
        chunks,
        delivered,
        engine.chunksMissed(),
        reading.dropped(),
        engine.chunksPulled(),
        engine.duplicates(),
        bytesDelivered,
        traffic.bytesUp(),
        traffic.bytesDown(),
        engine.payloadUp(),
        engine.payloadDown(),
        reading.delay(),
        reading.startup(),
        engine.rejected(),
        engine.bannedPeers() + traffic.malformed(),
        traffic.malformed(),
        BitRate.ofBytes(engine.uplinkBytesPerSecond()),
        Duration.of(engine.uplinkQueueMicros(), ChronoUnit.MICROS));
  }

  private static List<String> names(List<PeerId> peers) {
    return peers.stream().map(PeerId::shortText).toList();
  }
}
