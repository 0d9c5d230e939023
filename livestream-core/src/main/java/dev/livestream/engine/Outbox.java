package dev.livestream.engine;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;
import dev.livestream.wire.Message;
import dev.livestream.wire.WireLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the rooms of an engine want done during one step.
 *
 * <p>Messages to the same peer are gathered, so that a step costs each peer one control frame and
 * hence, mostly, one packet. They come out before everything else, because chunks may need what
 * they say.
 */
public final class Outbox {
  // Far below the frame's limit: only peer records and manifests are long, and both are rare.
  private static final int MESSAGES_PER_FRAME = WireLimits.MESSAGES_PER_FRAME / 16;

  private final ArrayDeque<Output> outputs = new ArrayDeque<>();
  private final Map<PeerId, List<Message>> messages = new LinkedHashMap<>();
  private long messagesSent;

  /** Says something to a peer. */
  public void send(PeerId peer, Message message) {
    List<Message> frame = messages.computeIfAbsent(peer, key -> new ArrayList<>(2));
    frame.add(message);
    messagesSent++;
    if (frame.size() >= MESSAGES_PER_FRAME) {
      messages.remove(peer);
      outputs.add(new Output.Send(peer, frame));
    }
  }

  /** Wants something else done. */
  public void emit(Output output) {
    outputs.add(output);
  }

  /** Tells the program. */
  public void notice(EngineEvent event) {
    outputs.add(new Output.Notice(event));
  }

  /** Closes a connection, after what was said on it. */
  public void disconnect(PeerId peer, CloseReason reason) {
    List<Message> last = messages.remove(peer);
    if (last != null) {
      outputs.add(new Output.Send(peer, last));
    }
    outputs.add(new Output.Disconnect(peer, reason));
  }

  /** Drops what was to be said to a peer that has gone. */
  public void forget(PeerId peer) {
    messages.remove(peer);
  }

  /** The next output; null when there is none. */
  public @Nullable Output poll() {
    if (!messages.isEmpty()) {
      Iterator<Map.Entry<PeerId, List<Message>>> first = messages.entrySet().iterator();
      Map.Entry<PeerId, List<Message>> entry = first.next();
      Output.Send send = new Output.Send(entry.getKey(), entry.getValue());
      first.remove();
      return send;
    }
    return outputs.poll();
  }

  /** Messages sent so far. */
  public long messagesSent() {
    return messagesSent;
  }
}
