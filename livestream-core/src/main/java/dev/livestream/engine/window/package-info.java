/** The chunks around the play-out point, and who has which. */
@NullMarked
package dev.livestream.engine.window;

import org.jspecify.annotations.NullMarked;
