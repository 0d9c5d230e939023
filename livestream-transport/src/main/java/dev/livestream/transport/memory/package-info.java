/**
 * Peers in one JVM, in real time and without sockets: for the tests of programs that stream.
 *
 * <p>{@link dev.livestream.transport.memory.MemoryNetwork} is the way in.
 */
@NullMarked
package dev.livestream.transport.memory;

import org.jspecify.annotations.NullMarked;
