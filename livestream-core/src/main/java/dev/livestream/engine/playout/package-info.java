/**
 * When a chunk is handed to the reader, and when it is given up.
 *
 * <p>{@link dev.livestream.engine.playout.Playout} keeps the order and the deadlines; it is what
 * bounds a viewer's latency.
 */
@NullMarked
package dev.livestream.engine.playout;

import org.jspecify.annotations.NullMarked;
