/** Drives the engine: time, threads and connections of one endpoint. */
@NullMarked
package dev.livestream.node;

import org.jspecify.annotations.NullMarked;
