/**
 * What a plug-in implements: transports and their connections, and the loop that gives them time.
 *
 * <p>The types here know only values. A transport never looks inside a frame; the protocol never
 * sees a socket.
 */
@NullMarked
package dev.livestream.spi;

import org.jspecify.annotations.NullMarked;
