/** Peers in one JVM, in real time. */
@NullMarked
package dev.livestream.transport.memory;

import org.jspecify.annotations.NullMarked;
