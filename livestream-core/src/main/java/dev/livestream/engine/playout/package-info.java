/** When a chunk is handed to the reader, and when it is given up. */
@NullMarked
package dev.livestream.engine.playout;

import org.jspecify.annotations.NullMarked;
