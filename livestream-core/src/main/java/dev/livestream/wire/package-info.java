/**
 * The wire format: what peers say to each other, as values, and how it becomes bytes.
 *
 * <p>Everything that comes in passes through {@link dev.livestream.wire.MessageCodec} or {@link
 * dev.livestream.wire.ChunkCodec}, which check every length, count and range against {@link
 * dev.livestream.wire.WireLimits} and throw nothing but {@link dev.livestream.wire.WireException}.
 */
@NullMarked
package dev.livestream.wire;

import org.jspecify.annotations.NullMarked;
