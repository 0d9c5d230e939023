/** A simulated network under virtual time. */
@NullMarked
package dev.livestream.transport.sim;

import org.jspecify.annotations.NullMarked;
