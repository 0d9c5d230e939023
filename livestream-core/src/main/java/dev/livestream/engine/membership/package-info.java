/** Which peers to know and which to be connected to. */
@NullMarked
package dev.livestream.engine.membership;

import org.jspecify.annotations.NullMarked;
