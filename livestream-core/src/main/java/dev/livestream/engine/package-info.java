/**
 * The protocol itself: a deterministic state machine that does no I/O.
 *
 * <p>Time, randomness and arrivals come in as arguments of {@link
 * dev.livestream.engine.SwarmEngine#handle}; messages to send, chunks to deliver and events come
 * out of {@link dev.livestream.engine.SwarmEngine#poll}. The same class runs over QUIC and, ten
 * thousand at a time, in the simulator.
 */
@NullMarked
package dev.livestream.engine;

import org.jspecify.annotations.NullMarked;
