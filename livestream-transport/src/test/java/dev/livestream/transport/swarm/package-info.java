/** Whole programs over whole transports: what a swarm promises, and what no peer can do to it. */
@NullMarked
package dev.livestream.transport.swarm;

import org.jspecify.annotations.NullMarked;
