/**
 * Peer-to-peer live streaming: what a program imports.
 *
 * <p>A {@link dev.livestream.Broadcaster} writes bytes and hands out a {@link
 * dev.livestream.StreamLink}; any number of {@link dev.livestream.Viewer}s read the same bytes
 * about a second later, verified and in order, and pass them on to each other. A {@link
 * dev.livestream.Relay} only passes on. All of them live on an {@link dev.livestream.Endpoint}, one
 * socket with one thread, which they make for themselves unless they are given one to share.
 *
 * <h2>Threads</h2>
 *
 * Everything that goes on inside happens on the endpoint's one thread, its <em>loop</em>. Programs
 * call from threads of their own; methods that may wait say so. Event listeners are called on the
 * loop, or on a reader's thread where they say so; on the loop nothing may block, and methods that
 * would are refused there with an {@link java.lang.IllegalStateException}.
 */
@NullMarked
package dev.livestream;

import org.jspecify.annotations.NullMarked;
