package dev.livestream.engine;

import dev.livestream.crypto.PeerId;
import dev.livestream.spi.CloseReason;

/** What an engine reports beside its work, for events and logs. */
public sealed interface EngineEvent {
  /** A peer of this stream has connected and said hello. */
  record PeerJoined(PeerId peer) implements EngineEvent {}

  /** A peer has gone. */
  record PeerLeft(PeerId peer, CloseReason reason) implements EngineEvent {}

  /** A substream is fed by a parent. */
  record ParentFound(int substream, PeerId parent) implements EngineEvent {}

  /** A substream has lost its parent. */
  record ParentLost(int substream, PeerId parent) implements EngineEvent {}

  /** A peer sent a chunk or manifest that is not genuine, and was thrown out. */
  record ForgeryRejected(PeerId peer) implements EngineEvent {}

  /** A peer broke the protocol and was thrown out. */
  record PeerBanned(PeerId peer, String why) implements EngineEvent {}

  /** No peer could be reached for a while; the engine keeps trying. */
  record Isolated() implements EngineEvent {}
}
