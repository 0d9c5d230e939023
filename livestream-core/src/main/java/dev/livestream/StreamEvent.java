package dev.livestream;

import java.time.Duration;

/**
 * Something worth telling the program. New kinds may be added, so a program should ignore those it
 * does not know.
 */
public sealed interface StreamEvent {

  /**
   * A peer of this stream has connected.
   *
   * @param peer the first eight characters of its id
   */
  record PeerJoined(String peer) implements StreamEvent {}

  /**
   * A peer has gone.
   *
   * @param peer the first eight characters of its id
   * @param reason why, in a word or two
   */
  record PeerLeft(String peer, String reason) implements StreamEvent {}

  /**
   * A part of the stream is fed by a peer.
   *
   * @param substream which part
   * @param peer the first eight characters of the peer's id
   */
  record ParentFound(int substream, String peer) implements StreamEvent {}

  /**
   * The peer that fed a part of the stream does so no longer.
   *
   * @param substream which part
   * @param peer the first eight characters of the peer's id
   */
  record ParentLost(int substream, String peer) implements StreamEvent {}

  /**
   * A peer sent something that the broadcaster did not make, and was thrown out.
   *
   * @param peer the first eight characters of its id
   */
  record ForgeryRejected(String peer) implements StreamEvent {}

  /**
   * A peer broke the protocol and was thrown out.
   *
   * @param peer the first eight characters of its id
   * @param why one sentence
   */
  record PeerBanned(String peer, String why) implements StreamEvent {}

  /** No peer could be reached for a while. It is tried again and again. */
  record Isolated() implements StreamEvent {}

  /**
   * The broadcaster has begun, or begun anew; told when its description has come, not when its
   * first bytes are read.
   *
   * @param info the description
   */
  record StreamStarted(StreamInfo info) implements StreamEvent {}

  /**
   * The broadcast has ended and everything up to its end has come, or is known to be missing.
   *
   * @param epoch the run that ended
   */
  record StreamEnded(long epoch) implements StreamEvent {}

  /**
   * The reader has passed chunks that it does not get. Told on the reader's thread, after the last
   * byte before the gap was read and before the first one after it.
   *
   * @param gap which chunks, and why
   * @param offset how many bytes, headers included, were read before the gap
   */
  record Missed(Media.Gap gap, long offset) implements StreamEvent {}

  /**
   * The uplink cannot keep up with what is written; see {@link WhenBehind}.
   *
   * @param queue how long a chunk written now would wait
   */
  record FellBehind(Duration queue) implements StreamEvent {}

  /** The uplink keeps up again. */
  record CaughtUp() implements StreamEvent {}

  /**
   * A write was dropped because the uplink is behind. Told on the writer's thread.
   *
   * @param bytes how many bytes it had
   */
  record WriteDropped(long bytes) implements StreamEvent {}
}
