/** The protocol as a deterministic state machine, without any I/O. */
@NullMarked
package dev.livestream.engine;

import org.jspecify.annotations.NullMarked;
