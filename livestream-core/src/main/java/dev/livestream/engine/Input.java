package dev.livestream.engine;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.spi.TransferOutcome;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.Message;
import dev.livestream.wire.PeerRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that can happen to an engine, as data. */
public sealed interface Input {

  /** Places where peers of the stream may be found, such as the hints of a link. */
  record Bootstrap(List<PeerAddress> addresses) implements Input {}

  /** Peers that may be in the stream, such as a tracker's answer. */
  record Introduced(List<PeerRecord> records) implements Input {}

  /** This peer's own record, signed; comes first, and again whenever its addresses change. */
  record LocalRecord(PeerRecord record) implements Input {}

  /**
   * A connection is open. There is at most one to each peer.
   *
   * @param address where the peer's datagrams come from
   * @param outgoing whether this side opened it
   */
  record Connected(PeerId peer, PeerAddress address, boolean outgoing) implements Input {}

  /** A connection asked for by {@link Output.Connect} could not be opened. */
  record ConnectFailed(PeerAddress address, @Nullable PeerId expected, CloseReason reason)
      implements Input {}

  /** A connection is gone, whoever closed it. Transfers on it have ended. */
  record Disconnected(PeerId peer, CloseReason reason) implements Input {}

  /** A peer said something. */
  record Received(PeerId peer, Message message) implements Input {}

  /** A peer sent a chunk; nothing about it is checked but its form. */
  record ReceivedChunk(PeerId peer, Chunk chunk) implements Input {}

  /** A transfer asked for by {@link Output.SendChunk} has left the transport's queue. */
  record TransferEnded(PeerId peer, long transfer, TransferOutcome outcome) implements Input {}

  /**
   * Bytes have left beside chunk frames: control frames, handshakes, packet headers of both. They
   * count against the upload limit. (What packets add to a chunk frame the engine reckons itself.)
   */
  record Overhead(long bytes) implements Input {}

  /**
   * What the transport knows of the path to a peer.
   *
   * @param rttMicros the round-trip time; 0 if not known
   * @param heardMicros when anything last came from it, acknowledgements included; 0 if not known
   */
  record PathMeasured(PeerId peer, long rttMicros, long heardMicros) implements Input {}

  /** The broadcaster's own next chunk. Only for a source. */
  record Publish(Chunk chunk) implements Input {}

  /** The broadcaster's own manifest, first or new. Only for a source. */
  record PublishManifest(Manifest manifest) implements Input {}

  /**
   * The program wants to leave soon: see to it that nobody depends on this peer. When that is so
   * {@link SwarmEngine#withdrawn} tells; {@link Leave} follows.
   */
  record Withdraw() implements Input {}

  /** The program leaves now: say goodbye to everyone. */
  record Leave() implements Input {}
}
