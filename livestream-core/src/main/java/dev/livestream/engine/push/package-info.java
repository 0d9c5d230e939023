/** Substream parents and children: who pushes what to whom. */
@NullMarked
package dev.livestream.engine.push;

import org.jspecify.annotations.NullMarked;
