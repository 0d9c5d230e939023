package dev.livestream.node;

import dev.livestream.crypto.PeerId;
import dev.livestream.engine.Output;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what an engine wants done. What concerns a peer whose connection has just gone is
 * left undone: the engine is about to hear that it has.
 */
final class Outputs {
  private final StreamNode stream;
  private final Map<PeerId, PeerLink> links;
  private final StreamListener listener;

  /** Looks up connections in the stream's own map, and takes out those that the engine closes. */
  Outputs(StreamNode stream, Map<PeerId, PeerLink> links, StreamListener listener) {
    this.stream = stream;
    this.links = links;
    this.listener = listener;
  }

  void carryOut(Output output) {
    if (output instanceof Output.SendChunk send) {
      PeerLink link = link(send.peer());
      if (link != null) {
        link.sendChunk(send.transfer(), send.chunk(), send.deadlineMicros());
      }
    } else if (output instanceof Output.Send send) {
      PeerLink link = link(send.peer());
      if (link != null) {
        link.send(send.messages());
      }
    } else if (output instanceof Output.Deliver deliver) {
      listener.deliver(deliver.chunk(), deliver.readyMicros());
    } else if (output instanceof Output.CancelTransfer cancel) {
      PeerLink link = link(cancel.peer());
      if (link != null) {
        link.cancel(cancel.transfer());
      }
    } else if (output instanceof Output.Connect connect) {
      stream.node().connect(stream, connect.address(), connect.expected());
    } else if (output instanceof Output.Disconnect disconnect) {
      PeerLink link = links.remove(disconnect.peer());
      if (link != null) {
        link.close(disconnect.reason());
      }
    } else if (output instanceof Output.Gap gap) {
      listener.gap(gap.epoch(), gap.from(), gap.to());
    } else if (output instanceof Output.ManifestChanged changed) {
      listener.manifest(changed.manifest());
    } else if (output instanceof Output.Ended ended) {
      listener.ended(ended.epoch());
    } else if (output instanceof Output.ObservedAddress observed) {
      stream.node().observed(observed.address());
    } else if (output instanceof Output.Notice notice) {
      listener.notice(notice.event());
    }
  }

  private @Nullable PeerLink link(PeerId peer) {
    return links.get(peer);
  }
}
