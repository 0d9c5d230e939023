/**
 * Which peers to know and which to be connected to.
 *
 * <p>{@link dev.livestream.engine.membership.PeerBook} holds the connected peers, {@link
 * dev.livestream.engine.membership.PassiveView} those to turn to. {@link
 * dev.livestream.engine.membership.Mesh} keeps a few random neighbours, {@link
 * dev.livestream.engine.membership.Dialer} opens connections, and {@link
 * dev.livestream.engine.membership.Liveness} finds out who has died or is of no use.
 */
@NullMarked
package dev.livestream.engine.membership;

import org.jspecify.annotations.NullMarked;
