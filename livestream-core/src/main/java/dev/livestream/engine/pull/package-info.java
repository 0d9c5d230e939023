/**
 * Repair of what push did not bring in time.
 *
 * <p>{@link dev.livestream.engine.pull.HaveExchange} tells neighbours what is held here, {@link
 * dev.livestream.engine.pull.PullScheduler} asks for what is missing, and {@link
 * dev.livestream.engine.pull.ChunkServer} answers those who ask.
 */
@NullMarked
package dev.livestream.engine.pull;

import org.jspecify.annotations.NullMarked;
