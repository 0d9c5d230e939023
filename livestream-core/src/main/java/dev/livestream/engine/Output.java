package dev.livestream.engine;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.spi.PeerAddress;
import dev.livestream.wire.Chunk;
import dev.livestream.wire.Manifest;
import dev.livestream.wire.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything an engine wants done, as data. To be carried out in the order given. */
public sealed interface Output {

  /** Open a connection; answered by {@link Input.Connected} or {@link Input.ConnectFailed}. */
  record Connect(PeerAddress address, @Nullable PeerId expected) implements Output {}

  /**
   * Close a connection; what was sent before should still arrive. No {@link Input.Disconnected}
   * follows.
   */
  record Disconnect(PeerId peer, CloseReason reason) implements Output {}

  /** Send messages to a peer, in one control frame. */
  record Send(PeerId peer, List<Message> messages) implements Output {}

  /**
   * Send a chunk; answered by {@link Input.TransferEnded} unless the peer disconnects first.
   *
   * @param transfer names the transfer; unique within the engine
   * @param deadlineMicros when it need not be begun any more
   */
  record SendChunk(PeerId peer, long transfer, Chunk chunk, long deadlineMicros)
      implements Output {}

  /** Stop a transfer. */
  record CancelTransfer(PeerId peer, long transfer) implements Output {}

  /**
   * The next chunk in order for the reader.
   *
   * @param readyMicros when it became ready to read
   */
  record Deliver(Chunk chunk, long readyMicros) implements Output {}

  /** Chunks that the reader will never get: {@code from} inclusive to {@code to} exclusive. */
  record Gap(long epoch, long from, long to) implements Output {}

  /** A newer manifest is known; comes before the first chunk that needs it. */
  record ManifestChanged(Manifest manifest) implements Output {}

  /** Everything up to the end of the stream's epoch has been delivered or reported as a gap. */
  record Ended(long epoch) implements Output {}

  /** A peer says where it sees this one's datagrams come from. A claim only. */
  record ObservedAddress(PeerAddress address) implements Output {}

  /** Something worth telling the program. */
  record Notice(EngineEvent event) implements Output {}
}
