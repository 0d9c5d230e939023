/** How peers reach each other. */
@NullMarked
package dev.livestream.transport;

import org.jspecify.annotations.NullMarked;
