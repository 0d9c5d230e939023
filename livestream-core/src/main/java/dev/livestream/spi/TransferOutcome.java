package dev.livestream.spi;

/** How the sending of a chunk ended, as the sender's transport sees it. */
public enum TransferOutcome {
  /** Every byte was handed to the network. */
  SENT,
  /** The sender cancelled it, or its deadline passed first. */
  CANCELLED,
  /** The receiver does not want it (any more). */
  REFUSED
}
