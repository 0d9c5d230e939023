/**
 * The latest chunks of a stream, who has which, and how fast they come.
 *
 * <p>Everything is a ring or a bitmap of fixed size over sequence numbers, so that no claim of a
 * peer can make it grow. Only verified chunks get into a {@link
 * dev.livestream.engine.window.ChunkWindow}.
 */
@NullMarked
package dev.livestream.engine.window;

import org.jspecify.annotations.NullMarked;
