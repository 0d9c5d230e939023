/**
 * A simulated network under virtual time: uplinks and downlinks as byte-accurate queues, latency,
 * jitter, loss with retransmission, partitions and silent crashes.
 *
 * <p>{@link dev.livestream.transport.sim.VirtualTime} runs events; {@link
 * dev.livestream.transport.sim.SimNetwork} holds hosts and endpoints; {@link
 * dev.livestream.transport.sim.SimConnection} behaves as a QUIC connection does, at the level of
 * control frames and chunks, whose content it never looks at. One seed, one course of events.
 */
@NullMarked
package dev.livestream.transport.sim;

import org.jspecify.annotations.NullMarked;
