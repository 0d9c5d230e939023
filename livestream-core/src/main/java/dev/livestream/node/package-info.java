/**
 * Drives the engines: time, connections and routing of one endpoint.
 *
 * <p>A {@link dev.livestream.node.Node} is one transport and the streams on it; a {@link
 * dev.livestream.node.StreamNode} feeds one engine and carries out what it wants; a {@link
 * dev.livestream.node.PeerLink} is one connection, where bytes become messages. All of it runs on
 * the transport's loop.
 */
@NullMarked
package dev.livestream.node;

import org.jspecify.annotations.NullMarked;
